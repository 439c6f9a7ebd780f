"""Words that the dictionaries lack and scripts are full of."""

from __future__ import annotations

_ENGLISH = """
ain't gonna wanna gotta kinda sorta dunno lemme gimme gotcha c'mon y'all ya em nah yep yup hmm hm mm mmm
hmph uh um umm huh er erm ugh ungh eh shh psst aw aww ow ouch oof uff phew whoa woah wow yay yeah okay ok
cuz cos tv tvs pov sfx fx vfx ext int cu ecu bg fg usa uk etc vol vs btw asap lol omg offscreen onscreen
offpanel onpanel closeup closeups flashback flashbacks voiceover voiceovers backlit logline foreground
midground establishing inset insets silhouetted overlaid letterer colorist colourist inker penciller
penciler lettering speech balloon balloons caption captions splash manga anime chibi mecha noir webcomic
storyboard smartphone smartphones laptop laptops selfie selfies wifi lofi email emails online onboard
website websites blog blogs app apps video videos url internet cryptocurrency cellphone cellphones headset
hoodie hoodies sneakers backpack backpacks badass hazmat cafes biofilm biofilms permaculture bioengineered
weaponize weaponized microbiome nanobot nanobots cyborg cyborgs drone drones quo hologram holograms
holographic cyberpunk steampunk spacesuit spaceship spaceships starship starships airlock forcefield
forcefields telepathic teleport teleports teleported zombie zombies werewolf werewolves superhero
superheroes supervillain supervillains
"""

_FRENCH = """
ok etc hein hé eh euh heu hum hmm mmm bah ben bof chut ouf ouille aïe oups ouais ouaip ah ouah waouh pfff pff
hop tiens zut info infos fiston bd tv sfx off hors-champ plongée contre-plongée contreplongée plan-séquence
travelling insert flash-back flashback flashbacks storyboard manga mangas onomatopée cartouche cartouches
récitatif phylactère coloriste encreur lettreur smartphone smartphones selfie selfies email emails mail
mails wifi internet web site vidéo vidéos ordi ordinateur portable appli applis week-end parking look cool
stop moi-même toi-même lui-même elle-même soi-même nous-mêmes vous-mêmes eux-mêmes elles-mêmes là-bas
là-haut ci-dessous ci-dessus gros-plan arrière-plan arrière-plans avant-plan avant-plans mi-temps œil télé
mec mecs meuf meufs gars flic flics bagnole bouquin bouquins truc trucs machin resto prof profs ado ados
sympa super-héros robot robots cyborg drone drones hologramme hologrammes zombie zombies téléporter
 fût eût pût dût sût vît fît tînt vînt mît prît voulût vécût lût crût connût parût
reçût courût mourût naquît
"""

SUPPLEMENT: dict[str, tuple[str, ...]] = {
    "en": tuple(_ENGLISH.split()),
    "fr": tuple(_FRENCH.replace("œ", "oe").split()),
}
