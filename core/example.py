"""The example project that a first start offers: a short comic of our own with every kind of line."""

from __future__ import annotations

EXAMPLE_TITLE = "La dernière encre"

EXAMPLE_TEXT = """\
Titre : La dernière encre
Auteur : l'équipe de Genko
Version : exemple, à effacer quand on veut

CHAPITRE 1 : Minuit moins dix

INT. ATELIER DE MANGA - NUIT

PAGE 1 : (4 cases)

PANEL 1 :
(Vue d'ensemble. Un atelier sous les toits : une table, une lampe, des planches qui sèchent sur un fil.)
CARTOUCHE : Tokyo, quartier de Kanda. Minuit moins dix.
[[Pour la dessinatrice : la lampe est la seule lumière de toute la page.]]

PANEL 2 :
(Gros plan. NAO, vingt ans, de l'encre jusqu'au coude, secoue un flacon.)
SFX : FLOC FLOC
NAO (pensée) : Encore trois gouttes. Peut-être quatre.

PANEL 3 :
(Le flacon se renverse. Nao le rattrape d'une main, le pinceau entre les dents.)
NAO (cri) : Non, non, non !
SFX : CLING

PANEL 4 :
(Sur la planche, une tache noire a mangé le visage du héros.)
MME HORI (off) : Nao ? L'imprimeur attend en bas.

PAGE 2 :

CASE 1 :
(Madame HORI passe la tête par la porte. Elle a son manteau, et le téléphone à l'oreille.)
MME HORI : Tu as fini, n'est-ce pas ?
NAO : Presque.
MME HORI
(à voix basse)
« Presque », c'est le nom d'un magazine qui ne paraît pas.

CASE 2 :
(Nao regarde la tache. La tache a la forme d'un corbeau.)
編集長「もしもし？　堀さん？」
堀（小声）「あと五分です。」
PANNEAU : BOUCLAGE 00:00

CASE 3 :
DESSIN : le corbeau doit se lire d'un seul coup d'œil, sans trait de contour.
(Du bout du pinceau, Nao donne un œil à la tache.)
NAO (chuchoté) : Pardon, héros. Tu seras un corbeau.

PAGES 3-4 : (double page)

PANEL 1 :
(Le corbeau d'encre ouvre les ailes et sort du papier. Toutes les planches s'envolent autour de lui.)
SFX : バサッ
NAO : …
CAPTION: Some nights, the page turns first.

\\PAGE 5 : cette ligne commence par une barre oblique inversée, elle reste du texte.

CHAPITRE 2 : Six heures

PAGE 5 :

PANEL 1 :
(Le matin. Madame Hori dort sur une pile de magazines. Sur la couverture : un corbeau.)
@le corbeau : Croâ.
"""
