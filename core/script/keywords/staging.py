"""Words that begin a description more often than they begin a name, for each language."""

from __future__ import annotations

# fmt: off
ENGLISH = (
    "ABOVE", "ACROSS", "AFTER", "ALL", "AND", "AROUND", "AT", "BEFORE", "BEHIND", "BELOW", "BESIDE",
    "BETWEEN", "BEYOND", "BUT", "CENTER", "CENTRE", "CLOSE", "CLOSER", "DOWN", "FAR", "FINALLY", "FIRST",
    "FROM", "FRONT", "HERE", "IN", "INSIDE", "INTO", "IT", "LAST", "LATER", "LEFT", "MEANWHILE", "MEDIUM",
    "MIDDLE", "NEAR", "NEXT", "NOTHING", "NOW", "ON", "ONE", "OR", "OTHERS", "OUTSIDE", "OVER", "PERHAPS",
    "REMEMBER", "RESULT", "RIGHT", "SAME", "SECOND", "SILENCE", "SILENT", "SO", "SUDDENLY", "THEN", "THERE",
    "THESE", "THEY", "THIRD", "THIS", "THREE", "THROUGH", "TOP", "TWO", "BOTTOM", "UNDER", "UP", "VIEW",
    "WE", "WHAT", "WHEN", "WHERE", "WHILE", "WIDE", "WITH", "WITHOUT",
)
FRENCH = (
    "À", "APRÈS", "AU", "AUX", "AVANT", "AVEC", "BAS", "CELA", "CENTRE", "DANS", "DEHORS", "DERRIÈRE",
    "DERNIER", "DERNIÈRE", "DES", "DEVANT", "DEUX", "DROITE", "EN", "ENFIN", "ENSUITE", "ENTRE", "GAUCHE",
    "GROS", "HAUT", "ICI", "IL", "ILS", "IMAGE", "LÀ", "MAIS", "MÊME", "ON", "OU", "PENDANT", "PLUS",
    "PUIS", "QUAND", "RETOUR", "RIEN", "SILENCE", "SOUDAIN", "SOUS", "SUR", "TANDIS", "TOUT", "TOUS",
    "TOUTES", "TRAVELLING", "TROIS", "UNE", "VERS", "VUE", "ZOOM",
)
# fmt: on
