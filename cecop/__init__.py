"""The project: settings, the map of the site, and what both apps stand on."""
