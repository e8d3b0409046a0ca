//! More words of family, faith, health and unions in a dozen languages, folded: in lists, to be added to.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// By language: English, German, French, Spanish, Italian, Dutch, Polish, Russian, Turkish, Arabic; then nouns of
/// people of a nation that are of one sex, German and Polish.
static SINGLE: [&str; 11] = [
    "girlfriend boyfriend fiance fiancee grandmother grandfather grandma granddad newlywed newlyweds \
     childless stepfather stepmother stepson stepdaughter housewife househusband breastfeeding \
     ramadan sabbath shabbat hijab headscarf kippah yarmulke mosque synagogue churchgoer diabetic \
     diabetes paraplegic tetraplegic schizophrenia dyspraxia dyspraxic fibromyalgia depression \
     zoroastrian quaker methodist baptist lutheran anglican presbyterian pentecostal muslims islam \
     judaism",
    "kopftuch babypause kinderlos verlobt verlobte verlobter oma grossmutter grossvater ehepartner \
     ehegatte ehegattin lebensgefahrtin lebensgefahrte mutterschaftsurlaub schwangerschaft schwangere \
     muslimin moslemin jude judin katholik katholikin sehbehindert horbehindert gehbehindert \
     korperbehindert schwerhorig gehorlose diabetiker diabetikerin depressionen migrationshintergrund \
     spataussiedler spataussiedlerin aussiedler aussiedlerin hausfrau hausmann tochter sohn witwe \
     witwer rollstuhls",
    "maman grossesse sclerose diabetique concubinage handicapes fiancailles",
    "embarazo sorda sordo novia novio abuela abuelo minusvalia diabetica diabetico gitana gitano",
    "incinta mamma fidanzata fidanzato gravidanza vedova vedovo divorziata divorziato musulmano ebrea \
     ebreo cattolica cattolico disabile nonna nonno casalinga",
    "alleenstaand alleenstaande samenwonend rolstoelgebruiker zwangerschap hoofddoek verloofd \
     verloofde dochter zoon slechthorend slechtziend doof",
    "rozwodka rozwodnik ciazy macierzynskim macierzynskiego macierzynskiemu wychowawczym \
     wychowawczego tacierzynskim niepelnosprawnosci niepelnosprawnoscia niepelnosprawnego \
     niepelnosprawnej glucha gluchy niewidoma niewidomy zareczona zareczony narzeczona narzeczony \
     babcia cukrzyca zydowka bezdzietna bezdzietny mezatka wozkowicz",
    "замужем женат беременна беременная мусульманка мусульманин инвалид инвалидность инвалидности \
     разведен разведена декрете декретном православная православныи холост вдова вдовец",
    "evli hamile musluman bekar bosanmis basortulu engelli",
    "متزوج متزوجة حامل مسلم مسلمة السيدة السيد مسيحي مسيحية مطلقة عزباء ارملة",
    "turkin turke ukrainerin ukrainer polin russin syrerin syrer iranerin iraner afghanin afghane \
     marokkanerin marokkaner italienerin italiener spanierin griechin franzosin franzose \
     osterreicherin osterreicher rumanin ungarin kroatin serbin bosnierin albanerin albaner \
     vietnamesin chinesin inderin tunesierin tunesier agypterin agypter nigerianerin nigerianer \
     kurdin kurde araberin amerikanerin britin englanderin tschechin ukrainka ukrainiec rosjanka \
     rosjanin bialorusinka bialorusin niemka gruzinka gruzin wietnamka",
];

/// Unions, in capitals alone.
const UNIONS: [&str; 6] = ["CGT", "CCOO", "UGT", "CFDT", "CGIL", "CISL"];

static PHRASES: [&str; 7] = [
    "expecting a baby|expecting a child|expecting twins|mat leave|pat leave|family man|family woman|got engaged|\
     recently engaged|newly engaged|engaged to be married|engaged to marry|# daughters|# sons|# daughter|\
     no kids|young children|small children|cerebral palsy|multiple sclerosis|cancer survivor|cancer patient|\
     hiv positive|chronic illness|chronic fatigue|mental illness|jehovah s witness|jehovahs witness|\
     seventh day adventist|opus dei|latter day saint|roman catholic|greek orthodox|russian orthodox|christian faith|\
     kurdish ~|roma ~|romani ~|is roma|is kurdish|stay at home mum|stay at home mom|stay at home dad",
    "# kleine kinder|kleine kinder|kinder #|keine kinder|# tochter|# sohne|ig metall|ver di|zeugen jehovas|\
     zeuge jehovas|zeugin jehovas|multiple sklerose",
    "fauteuil roulant|sclerose en plaques|temoin de jehovah|port du voile|# filles|sans enfants|sans enfant|\
     mere au foyer|pere au foyer|mere celibataire|pere celibataire|attend un enfant|attend un bebe|enfants #",
    "sin hijos|# hijas|silla de ruedas|esclerosis multiple|testigo de jehova|espera un bebe",
    "invalido civile|invalida civile|categoria protetta|categorie protette|sedia a rotelle|senza figli|figli #|\
     # figlie|congedo di maternita|congedo parentale|congedo maternita|testimone di geova|sclerosi multipla|\
     in dolce attesa",
    "# dochters|# zonen|# zoons|# kleine kinderen|geen kinderen|kinderen #|in verwachting",
    "w ciazy|urlopie macierzynskim|urlopu macierzynskiego|urlopie wychowawczym|urlopu wychowawczego|dzieci #|\
     swiadek jehowy|# corki|# synow|dogum izni",
];

static WORDS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| SINGLE.iter().flat_map(|words| words.split_ascii_whitespace()).collect());

/// Phrases by their first words.
static BY_FIRST: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut by_first: HashMap<&str, Vec<&str>> = HashMap::new();
    for phrase in PHRASES.iter().flat_map(|phrases| phrases.split('|')) {
        let first = phrase.split(' ').next().unwrap_or_default();
        by_first.entry(first).or_default().push(phrase);
    }
    by_first
});

/// Words that say it by themselves.
pub(in crate::blind) fn is_more(folded: &str) -> bool {
    WORDS.contains(folded)
}

/// Whether a word that says it by itself begins so.
pub(in crate::blind) fn begins_one(beginning: &str) -> bool {
    WORDS.iter().any(|word| word.starts_with(beginning))
}

/// Unions by their letters.
pub(in crate::blind) fn is_union(written: &str) -> bool {
    UNIONS.contains(&written)
}

/// Phrases that begin with this word, or with `#`, a small number.
pub(in crate::blind) fn phrases_from(first: &str) -> &'static [&'static str] {
    BY_FIRST.get(first).map(Vec::as_slice).unwrap_or_default()
}
