"""Sectors: sections and divisions of NACE Rev. 2.1, labels shortened.

Source: Commission Delegated Regulation (EU) 2023/137.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SECTIONS: dict[str, Promise] = {
    "A": _("Agriculture, forestry and fishing"),
    "B": _("Mining and quarrying"),
    "C": _("Manufacturing"),
    "D": _("Electricity, gas, steam and air conditioning supply"),
    "E": _("Water supply, sewerage, waste management and remediation"),
    "F": _("Construction"),
    "G": _("Wholesale and retail trade"),
    "H": _("Transportation and storage"),
    "I": _("Accommodation and food service"),
    "J": _("Publishing, broadcasting and content production"),
    "K": _("Telecommunication, computer programming and information services"),
    "L": _("Financial and insurance activities"),
    "M": _("Real estate activities"),
    "N": _("Professional, scientific and technical activities"),
    "O": _("Administrative and support service activities"),
    "P": _("Public administration and defence"),
    "Q": _("Education"),
    "R": _("Human health and social work"),
    "S": _("Arts, sports and recreation"),
    "T": _("Other service activities"),
    "U": _("Activities of households"),
    "V": _("Extraterritorial organisations"),
}

# Division -> (section, label)
DIVISIONS: dict[str, tuple[str, Promise]] = {
    "01": ("A", _("Crop and animal production, hunting")),
    "02": ("A", _("Forestry and logging")),
    "03": ("A", _("Fishing and aquaculture")),
    "05": ("B", _("Mining of coal and lignite")),
    "06": ("B", _("Extraction of crude petroleum and natural gas")),
    "07": ("B", _("Mining of metal ores")),
    "08": ("B", _("Other mining and quarrying")),
    "09": ("B", _("Mining support services")),
    "10": ("C", _("Manufacture of food products")),
    "11": ("C", _("Manufacture of beverages")),
    "12": ("C", _("Manufacture of tobacco products")),
    "13": ("C", _("Manufacture of textiles")),
    "14": ("C", _("Manufacture of wearing apparel")),
    "15": ("C", _("Manufacture of leather and footwear")),
    "16": ("C", _("Manufacture of wood and wood products")),
    "17": ("C", _("Manufacture of paper and paper products")),
    "18": ("C", _("Printing and reproduction of recorded media")),
    "19": ("C", _("Manufacture of coke and refined petroleum")),
    "20": ("C", _("Manufacture of chemicals")),
    "21": ("C", _("Manufacture of pharmaceuticals")),
    "22": ("C", _("Manufacture of rubber and plastic products")),
    "23": ("C", _("Manufacture of glass, ceramics, concrete and stone")),
    "24": ("C", _("Manufacture of basic metals")),
    "25": ("C", _("Manufacture of fabricated metal products")),
    "26": ("C", _("Manufacture of computer, electronic and optical products")),
    "27": ("C", _("Manufacture of electrical equipment")),
    "28": ("C", _("Manufacture of machinery and equipment")),
    "29": ("C", _("Manufacture of motor vehicles and trailers")),
    "30": ("C", _("Manufacture of other transport equipment")),
    "31": ("C", _("Manufacture of furniture")),
    "32": ("C", _("Other manufacturing")),
    "33": ("C", _("Repair, maintenance and installation of machinery and equipment")),
    "35": ("D", _("Electricity, gas, steam and air conditioning supply")),
    "36": ("E", _("Water collection, treatment and supply")),
    "37": ("E", _("Sewerage")),
    "38": ("E", _("Waste collection, recovery and disposal")),
    "39": ("E", _("Remediation and other waste management services")),
    "41": ("F", _("Construction of buildings")),
    "42": ("F", _("Civil engineering")),
    "43": ("F", _("Specialised construction activities")),
    "46": ("G", _("Wholesale trade")),
    "47": ("G", _("Retail trade")),
    "49": ("H", _("Land transport and transport via pipelines")),
    "50": ("H", _("Water transport")),
    "51": ("H", _("Air transport")),
    "52": ("H", _("Warehousing and support activities for transportation")),
    "53": ("H", _("Postal and courier activities")),
    "55": ("I", _("Accommodation")),
    "56": ("I", _("Food and beverage service activities")),
    "58": ("J", _("Publishing activities")),
    "59": ("J", _("Film, video, television and music production")),
    "60": ("J", _("Programming, broadcasting and news agencies")),
    "61": ("K", _("Telecommunication")),
    "62": ("K", _("Computer programming and consultancy")),
    "63": ("K", _("Computing infrastructure and information services")),
    "64": ("L", _("Financial service activities")),
    "65": ("L", _("Insurance, reinsurance and pension funding")),
    "66": ("L", _("Activities auxiliary to finance and insurance")),
    "68": ("M", _("Real estate activities")),
    "69": ("N", _("Legal and accounting activities")),
    "70": ("N", _("Head offices and management consultancy")),
    "71": ("N", _("Architecture, engineering, technical testing and analysis")),
    "72": ("N", _("Scientific research and development")),
    "73": ("N", _("Advertising, market research and public relations")),
    "74": ("N", _("Other professional, scientific and technical activities")),
    "75": ("N", _("Veterinary activities")),
    "77": ("O", _("Rental and leasing activities")),
    "78": ("O", _("Employment activities")),
    "79": ("O", _("Travel agencies, tour operators and reservation services")),
    "80": ("O", _("Investigation and security activities")),
    "81": ("O", _("Services to buildings and landscape activities")),
    "82": ("O", _("Office support and other business support")),
    "84": ("P", _("Public administration, defence and compulsory social security")),
    "85": ("Q", _("Education")),
    "86": ("R", _("Human health activities")),
    "87": ("R", _("Residential care activities")),
    "88": ("R", _("Social work without accommodation")),
    "90": ("S", _("Arts creation and performing arts")),
    "91": ("S", _("Libraries, archives, museums and other cultural activities")),
    "92": ("S", _("Gambling and betting activities")),
    "93": ("S", _("Sports, amusement and recreation activities")),
    "94": ("T", _("Activities of membership organisations")),
    "95": ("T", _("Repair of household goods, computers and motor vehicles")),
    "96": ("T", _("Personal service activities")),
    "97": ("U", _("Households as employers of domestic personnel")),
    "98": ("U", _("Goods and services produced by households for own use")),
    "99": ("V", _("Extraterritorial organisations and bodies")),
}


def sector_name(code: str) -> str:
    """The label of a division (``"81"``) or section (``"O"``); an unknown code answers itself."""
    if code in DIVISIONS:
        return str(DIVISIONS[code][1])
    return str(SECTIONS.get(code, code))


def sector_names() -> dict[str, Promise]:
    """Every division -> its label."""
    return {code: label for code, (_section, label) in DIVISIONS.items()}


def section_choices() -> list[tuple[str, Promise]]:
    """(letter, label) of the sections; for forms and the admin."""
    return list(SECTIONS.items())


def sector_choices() -> list[tuple[str, Promise]]:
    """(division, label) of every division; for forms and the admin."""
    return list(sector_names().items())
