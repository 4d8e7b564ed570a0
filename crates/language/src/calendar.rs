//! Words of the calendar in every language form: prepositions, months, relative years.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::fold::fold;

/// What a word does in a phrase about time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    In,
    Of,
    YearWord,
    Edge,
    Since,
    From,
    To,
    After,
    Before,
    Until,
    Between,
    And,
    LastYear,
    ThisYear,
    NextYear,
    Ago,
    AgoAfter,
    Years,
    Last,
    RecentYears,
    Now,
    Half,
    Quarter,
    Months,
    First,
    Article,
    Month(u8),
    Other,
}

/// A phrase without its first word.
pub(crate) type Entry = (Kind, Vec<String>);

/// Phrases that begin with this word.
pub(crate) fn starting_with(folded: &str) -> &'static [Entry] {
    PHRASES.get(folded).map_or(&[], Vec::as_slice)
}

static PHRASES: LazyLock<HashMap<String, Vec<Entry>>> = LazyLock::new(|| {
    let mut phrases: HashMap<String, Vec<Entry>> = HashMap::new();
    for (kind, forms) in FORMS {
        for form in forms.split(',') {
            let folded = fold(form);
            let mut words = folded.split(' ').map(str::to_owned);
            if let Some(first) = words.next() {
                phrases
                    .entry(first)
                    .or_default()
                    .push((*kind, words.collect()));
            }
        }
    }
    phrases
});

const FORMS: &[(Kind, &str)] = &[
    (
        Kind::In,
        "en,in,dans,durant,pendant,au cours de,pour,for,during,by,as of,au,le,on,dès,d'ici,d'ici à,d'ici l'an,à l'horizon,horizon,\
         l'horizon,over,f,fi,fl,b,ف,في,ب,خلال,بحلول,في أفق,أفق,فأفق,f ofo9,courant",
    ),
    (Kind::Of, "de,d,du,of,من,ديال,د,dyal,dial,mn,l'an,the"),
    (
        Kind::YearWord,
        "l'année,année,l'an,an,the year,year,fiscal year,l'exercice,exercice,سنة,عام,لسنة,لعام,بسنة,بعام,فعام,فسنة,وسنة,وعام,العام,السنة,\
         3am,f3am,l3am,sana,sanat,3am d",
    ),
    (
        Kind::Edge,
        "fin,la fin,à la fin,fin de,à la fin de,début,le début,au début,au début de,mi,end of,the end of,at the end of,late,early,mid,\
         beginning of,the beginning of,start of,the start of,نهاية,متم,أواخر,بداية,أوائل,مطلع,منتصف,آخر,lkher d,akhir,bdayt,lowel d,nos",
    ),
    (
        Kind::Since,
        "depuis,à partir de,à compter de,since,starting,starting in,starting from,from,as from,منذ,مند,انطلاقا من,ابتداء من,mndo,depuis le,depuis la,depuis les",
    ),
    (Kind::From, "de,d,du,from,من,mn,men,depuis,since,منذ"),
    (
        Kind::To,
        "à,a,au,to,until,till,through,jusqu'en,jusqu'à,jusqu'au,إلى,الى غاية,حتى,حتى ل,ل,l,7ta,hta,7tta,7tal,7ta l,htal,ila,لـ",
    ),
    (
        Kind::After,
        "après,after,بعد,mn b3d,men b3d,ba3d,b3d,من بعد",
    ),
    (
        Kind::Before,
        "avant,before,prior to,قبل,9bel,qbel,9bal,قبل من,9bel mn",
    ),
    (
        Kind::Until,
        "jusqu'en,jusqu'à,jusqu'au,until,till,up to,حتى,إلى غاية,7ta,hta,7tal,7ta l,htal",
    ),
    (
        Kind::Between,
        "entre,between,بين,ما بين,bin,ben,bayn,mabin,ma bin",
    ),
    (Kind::And, "et,and,و,w,ou,u,وسنة,وعام"),
    (
        Kind::LastYear,
        "l'an dernier,l'année dernière,l'an passé,l'année passée,année dernière,an dernier,last year,the previous year,the past year,\
         العام الماضي,السنة الماضية,العام الفارط,السنة الفارطة,العام اللي فات,العام لي فات,السنة لي فاتت,عام لي فات,العام الفايت,عامناول,\
         l3am li fat,l3am lli fat,l3am lfayt,l3am lfat,l3am fat,lam li fat,3amnawel,3amnawal,3am li fat,l3am lmadi",
    ),
    (
        Kind::ThisYear,
        "cette année,cet an,l'année en cours,this year,current year,the current year,هذه السنة,هذا العام,السنة الحالية,العام الحالي,\
         السنة الجارية,هاد العام,هاد السنة,فهاد العام,had l3am,had l 3am,had lam,fhad l3am",
    ),
    (
        Kind::NextYear,
        "l'an prochain,l'année prochaine,année prochaine,next year,the coming year,العام المقبل,السنة المقبلة,العام القادم,\
         السنة القادمة,العام الجاي,السنة الجاية,العام لي جاي,l3am jay,l3am li jay,l3am lli jay,l3am jjay,l3am ljay",
    ),
    (Kind::Ago, "il y a,y a,قبل,هادي,hadi,9bel,qbel,mn"),
    (Kind::AgoAfter, "ago,earlier,هادي"),
    (
        Kind::Years,
        "ans,an,années,année,years,year,سنوات,سنة,سنين,أعوام,عام,السنوات,السنين,snin,3am,3wam,snine,sninn",
    ),
    (
        Kind::Last,
        "dernières,derniers,dernière,dernier,les dernières,last,past,the last,the past,previous,the previous,آخر,هاد,had,الأخيرة,الماضية,\
         lakhra,lekhra,akhir,lkhrin,lakher,lekher,الأخير,اللخر,اللخرة,li fato,لي فاتو,الأخيرين",
    ),
    (
        Kind::RecentYears,
        "ces dernières années,dernières années,les dernières années,recent years,last few years,the last few years,past few years,\
         the past few years,السنوات الأخيرة,السنين الأخيرة,هاد السنين الأخيرة,هاد السنين,had snin lakhra,had snin,had l3wam lakhra,had l3wam",
    ),
    (
        Kind::Now,
        "aujourd'hui,actuellement,actuel,actuelle,actuels,actuelles,maintenant,en ce moment,à ce jour,à présent,de nos jours,le plus récent,\
         la plus récente,plus récent,plus récente,plus récents,plus récentes,dernier chiffre,derniers chiffres,dernières données,dernière valeur,\
         now,right now,today,currently,current,latest,the latest,most recent,the most recent,at present,to date,as of today,as of now,\
         nowadays,these days,at the moment,الآن,حاليا,الحالي,الحالية,اليوم,في الوقت الحالي,في الوقت الراهن,في الوقت الحاضر,دابا,دبا,\
         هاد الساعة,هاد الوقت,هاد الأيام,daba,deba,dabba,lyoum,lyom,lyouma,had sa3a,had ssa3a,had lwe9t,had lwa9t,7aliyan,haliyan",
    ),
    (
        Kind::Half,
        "semestre,semestres,half,semester,النصف,نصف,النص,نص,الأسدس,السداسي,الشطر,semester lewel,nes,ness,nesf",
    ),
    (
        Kind::Quarter,
        "trimestre,quarter,الربع,الفصل,التلت شهور,trimestr,roub3,rob3",
    ),
    (
        Kind::Months,
        "mois,months,month,أشهر,الأشهر,شهور,الشهور,شهر,شهورا,شهرا,chhour,chhor,chohour,chohor,chhoura,shhour",
    ),
    (
        Kind::First,
        "premier,premiers,premières,first,الأولى,أولى,الأول,أول,اللولة,لولة,اللولين,لولين,lowla,loula,lewla,llowla,lowlin,lwla,lwlin",
    ),
    (Kind::Article, "le,les,the,l,al,هاد,had"),
    (
        Kind::Month(1),
        "janvier,january,jan,janv,يناير,كانون الثاني,janfi,yanayer,yanair",
    ),
    (
        Kind::Month(2),
        "février,february,feb,fevr,فبراير,شباط,febrayer,fibrayer",
    ),
    (Kind::Month(3), "mars,march,mar,مارس,آذار,mares"),
    (
        Kind::Month(4),
        "avril,april,apr,avr,أبريل,إبريل,نيسان,abril",
    ),
    (Kind::Month(5), "mai,may,ماي,مايو,أيار,may"),
    (Kind::Month(6), "juin,june,jun,يونيو,حزيران,younio,yunyu"),
    (
        Kind::Month(7),
        "juillet,july,jul,juil,يوليوز,يوليو,تموز,youlyouz,yulyuz",
    ),
    (Kind::Month(8), "août,august,aug,غشت,أغسطس,آب,ghocht,gocht"),
    (
        Kind::Month(9),
        "septembre,september,sept,sep,شتنبر,سبتمبر,أيلول,chtanbir,choutanbir",
    ),
    (Kind::Month(10), "octobre,october,oct,أكتوبر,oktober,oktobr"),
    (
        Kind::Month(11),
        "novembre,november,nov,نونبر,نوفمبر,nonbir,nouanbir,nouvember",
    ),
    (
        Kind::Month(12),
        "décembre,december,dec,دجنبر,ديسمبر,كانون الأول,doujanbir,dojanbir,dejanbir",
    ),
    // Before من these words make a comparison: "more than 2019", not "since 2019".
    (
        Kind::Other,
        "أكثر,أكتر,كتر,كثر,أقل,قل,ktar,kter,akthar,aktar,9el,9ell,aqal,plus,moins,more,less,higher,fewer,bigger,rkhis,hsen,7sen",
    ),
];
