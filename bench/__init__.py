"""The benchmark: this directory beside Datasette, both over the same rows (``scripts/bench``).

``data`` makes the rows, ``loading``, ``postgres`` and ``sqlite`` store them, ``addresses`` draws
what is asked, ``servers`` start, ``agreement`` compares answers, ``load`` measures with wrk,
``report`` writes it down.
"""
