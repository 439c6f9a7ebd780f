"""Which of the things that we can draw some words name, in English, French or Japanese."""

from __future__ import annotations

import re

_NAMES: tuple[tuple[str, str], ...] = (
    ("tiger", "tigers?|tigress|tigres?|tigresse|トラ|虎"),
    ("jaguar", "jaguars?|leopards?|panthers?|cheetah|léopard|panthère|guépard|ジャガー|ヒョウ|豹"),
    ("lion", "lions?|lioness|lionne|ライオン|獅子"),
    ("cat", "cats?|kittens?|chats?|chatte|chatons?|ネコ|猫"),
    ("fox", "fox(?:es)?|vixen|renards?|renarde|キツネ|狐"),
    ("dog", "dogs?|pupp(?:y|ies)|sheepdog|wol(?:f|ves)|pets?|chiens?|chienne|loups?|animal de compagnie"
            "|イヌ|犬|オオカミ|狼|ペット"),
    ("horse", "horses?|pon(?:y|ies)|foal|donkeys?|zebras?|cheval|chevaux|poney|ânes?|zèbres?|ウマ|馬|ロバ"),
    ("cow", "cows?|bulls?|ox(?:en)?|cal(?:f|ves)|vaches?|taureaux?|veaux?|ウシ|牛"),
    ("pig", "pigs?|piglets?|boars?|cochons?|sangliers?|ブタ|豚|イノシシ"),
    ("sheep", "sheep|lambs?|moutons?|agneaux?|brebis|ヒツジ|羊"),
    ("goat", "goats?|deer|antelopes?|chèvres?|boucs?|cerfs?|biches?|ヤギ|山羊|シカ|鹿"),
    ("monkey", "monkeys?|apes?|chimpanzees?|gorillas?|singes?|gorilles?|サル|猿|ゴリラ"),
    ("sloth", "sloths?|paresseux|ナマケモノ"),
    ("bear", "bears?|pandas?|ours|クマ|熊|パンダ"),
    ("elephant", "elephants?|éléphants?|ゾウ|象"),
    ("rabbit", "rabbits?|hares?|bunn(?:y|ies)|lapins?|lièvres?|ウサギ|兎"),
    ("parrot", "parrots?|macaws?|perroquets?|オウム|インコ"),
    ("toucan", "toucans?|オオハシ"),
    ("hen", "hens?|chickens?|roosters?|cocks?|poules?|poulets?|coqs?|メンドリ|ニワトリ|鶏"),
    ("duck", "ducks?|ducklings?|geese|goose|swans?|canards?|oies?|cygnes?|アヒル|カモ|白鳥"),
    ("owl", "owls?|hiboux?|chouettes?|フクロウ|梟"),
    ("bird", "birds?|crows?|ravens?|eagles?|seagulls?|penguins?|oiseaux?|corbeaux?|aigles?|mouettes?"
             "|鳥|カラス|カモメ"),
    ("clownfish", "clownfish|poissons?-clowns?|クマノミ"),
    ("seahorse", "seahorses?|hippocampes?|タツノオトシゴ"),
    ("jellyfish", "jellyfish|méduses?|クラゲ"),
    ("starfish", "starfish|étoiles? de mer|ヒトデ"),
    ("shark", "sharks?|requins?|サメ|鮫"),
    ("dolphin", "dolphins?|dauphins?|イルカ"),
    ("whale", "whales?|orcas?|baleines?|クジラ|鯨"),
    ("octopus", "octopus(?:es)?|squids?|pieuvres?|poulpes?|calmars?|タコ|イカ"),
    ("turtle", "(?:sea )?turtles?|tortoises?|tortues?(?: de mer)?|ウミガメ|カメ|亀"),
    ("crab", "crabs?|lobsters?|crabes?|homards?|カニ|蟹"),
    ("fish", "fish(?:es)?|goldfish|poissons?|魚|サカナ|金魚"),
    ("frog", "(?:tree )?frogs?|toads?|grenouilles?|rainettes?|crapauds?|アマガエル|カエル|蛙"),
    ("snake", "snakes?|boas?|pythons?|serpents?|vipères?|ヘビ|蛇|ボア"),
    ("chameleon", "chameleons?|lizards?|iguanas?|geckos?|caméléons?|lézards?|カメレオン|トカゲ"),
    ("butterfly", "butterfl(?:y|ies)|moths?|papillons?|チョウ|蝶"),
    ("alien", "aliens?|extraterrestres?|martians?|martiens?|宇宙人|エイリアン"),
    ("astronaut", "astronauts?|cosmonauts?|astronautes?|spationautes?|宇宙飛行士"),
    ("robot", "robots?|androids?|androïdes?|ロボット"),
    ("palm", "palms?|palm trees?|palmiers?|ヤシ"),
    ("tree", "trees?|oaks?|pines?|arbres?|chênes?|sapins?|樹木?|大木"),
    ("flower", "flowers?|orchids?|roses?|tulips?|fleurs?|orchidées?|tulipes?|花|ラン|バラ"),
    ("liana", "lianas?|lianes?|vines?|ivy|lierre|つる|蔦"),
    ("bush", "bush(?:es)?|shrubs?|ferns?|buissons?|fougères?|茂み"),
    ("mushroom", "mushrooms?|champignons?|キノコ"),
    ("waterfall", "waterfalls?|cascades?|chutes? d'eau|滝"),
    ("coral", "coral(?: reef)?s?|récifs?(?: de corail)?|coraux|corail|サンゴ礁?"),
    ("shell", "(?:sea)?shells?|coquillages?|貝がら|貝殻"),
    ("barn", "barns?|granges?|納屋"),
    ("tower", "towers?|lighthouses?|castles?|tours|phares?|châteaux?|塔|灯台|城"),
    ("bridge", "bridges?|ponts?|橋"),
    ("house", "houses?|huts?|cottages?|maisons?|cabanes?|家|小屋"),
    ("station", "space stations?|stations? spatiales?|宇宙ステーション"),
    ("rocket", "rockets?|spaceships?|fusées?|ロケット|宇宙船"),
    ("planet", "(?:ringed )?planets?|saturn|planètes?|惑星"),
    ("moon", "moons?|lunes?|月"),
    ("comet", "comets?|meteors?|shooting stars?|comètes?|météores?|étoiles? filantes?|彗星|流星"),
    ("galaxy", "galax(?:y|ies)|nebulae?|galaxies?|nébuleuses?|銀河|星雲"),
    ("star", "stars?|étoiles?|星"),
    ("satellite", "satellites?|人工衛星|衛星"),
    ("telescope", "telescopes?|spyglass|télescopes?|longues?-vues?|望遠鏡"),
    ("rover", "rovers?|astromobiles?|探査車"),
    ("fire-engine", "fire (?:engine|truck)s?|camions? de pompiers?|消防車"),
    ("mixer", "cement mixers?|bétonnières?|ミキサー車"),
    ("forklift", "forklifts?|chariots? élévateurs?|フォークリフト"),
    ("roller", "road rollers?|steamrollers?|rouleaux? compresseurs?|ロードローラー"),
    ("loader", "(?:wheel )?loaders?|chargeuses?|ホイールローダー"),
    ("excavator", "excavators?|diggers?|pelleteuses?|ショベルカー"),
    ("bulldozer", "bulldozers?|ブルドーザー"),
    ("crane", "cranes?|grues?|クレーン車?"),
    ("jackhammer", "jackhammers?|marteaux?-piqueurs?|削岩機"),
    ("wheelbarrow", "wheelbarrows?|brouettes?|手押し車"),
    ("scaffolding", "scaffold(?:ing)?s?|échafaudages?|足場"),
    ("tractor", "tractors?|tracteurs?|トラクター"),
    ("truck", "(?:dump )?trucks?|lorr(?:y|ies)|camions?(?:-bennes?)?|ダンプカー|トラック"),
    ("tram", "trams?|tramways?|路面電車"),
    ("train", "trains?|locomotives?|wagons?|電車|列車|汽車"),
    ("bus", "bus(?:es)?|autobus|autocars?|バス"),
    ("motorcycle", "motorcycles?|motorbikes?|scooters?|motos?|オートバイ|バイク"),
    ("bicycle", "bicycles?|bikes?|vélos?|bicyclettes?|自転車"),
    ("helicopter", "helicopters?|hélicoptères?|ヘリコプター"),
    ("balloon", "(?:hot-air )?balloons?|montgolfières?|ballons?|熱気球|気球|風船"),
    ("plane", "(?:aero|air)?planes?|jets?|avions?|飛行機"),
    ("ship", "ships?|ferr(?:y|ies)|steamers?|navires?|paquebots?|bateaux?|船"),
    ("boat", "(?:sailing )?boats?|sailboats?|yachts?|voiliers?|barques?|ヨット"),
    ("car", "cars?|taxis?|voitures?|automobiles?|自動車|車"),
    ("bale", "(?:hay )?bales?|haystacks?|bottes? de foin|干し草(?:の束)?"),
    ("churn", "(?:milk )?churns?|buckets?|bidons?(?: de lait)?|seaux?|牛乳缶"),
    ("lantern", "lanterns?|lanternes?|lampions?|提灯|ランタン"),
    ("lamp", "lamps?|lampes?|ランプ|電灯"),
    ("bench", "(?:park )?bench(?:es)?|bancs?(?: publics?)?|ベンチ"),
    ("table", "tables?|desks?|bureaux?|机|テーブル"),
    ("chair", "chairs?|stools?|armchairs?|chaises?|fauteuils?|tabourets?|椅子"),
    ("bed", "beds?|lits?|ベッド|布団"),
    ("shelf", "shelf|shelves|bookcases?|étagères?|本棚|棚"),
    ("bottle", "(?:ink )?bottles?|flasks?|potions?|flacons?(?: d'encre)?|bouteilles?|インク瓶|瓶"),
    ("cup", "cups?|mugs?|teapots?|tasses?|théières?|カップ|茶碗"),
    ("umbrella", "umbrellas?|parasols?|parapluies?|ombrelles?|傘"),
    ("phone", "(?:tele)?phones?|smartphones?|téléphones?|電話"),
    ("camera", "cameras?|appareils? photo|caméras?|カメラ"),
    ("bag", "bags?|(?:school|hand)bags?|backpacks?|satchels?|cartables?|sacs?|ランドセル|鞄|カバン"),
    ("watch", "(?:pocket )?watch(?:es)?|compass(?:es)?|montres?(?: à gousset)?|boussoles?|懐中時計|腕時計"),
    ("clock", "clocks?|horloges?|pendules?|時計"),
    ("letter", "letters?|envelopes?|lettres?|enveloppes?|手紙|封筒"),
    ("book", "books?|diar(?:y|ies)|notebooks?|livres?|journal intime|carnets?|cahiers?|本|日記|手帳"),
    ("key", "keys?|clés?|clefs?|鍵"),
    ("sword", "swords?|daggers?|kni(?:fe|ves)|katanas?|épées?|poignards?|couteaux?|刀|剣"),
    ("ball", "balls?|footballs?|balles?|ボール"),
)  # fmt: skip


def _known(words: str) -> re.Pattern[str]:
    """Whole words of alphabets; Japanese has no gaps between them."""
    parts = words.split("|") if "(" not in words else _split(words)
    latin = [part for part in parts if part[0] < "\u3000"]
    wide = [part for part in parts if part[0] >= "\u3000"]
    pattern = rf"(?<!\w)(?:{'|'.join(latin)})(?!\w)"
    return re.compile("|".join([pattern, *wide]), re.IGNORECASE)


def _split(words: str) -> list[str]:
    """At the bars that stand in no bracket."""
    parts, depth = [""], 0
    for char in words:
        depth += (char == "(") - (char == ")")
        if char == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += char
    return parts


_ALL = tuple((thing, _known(words)) for thing, words in _NAMES)


def thing_named(words: str) -> str:
    """The thing that is named first, of two at one place the longer; empty for none."""
    found = [
        (match.start(), -len(match[0]), thing)
        for thing, known in _ALL
        if (match := known.search(words)) is not None
    ]
    return min(found, default=(0, 0, ""))[2]
