//! The words of the pages in the languages they are offered in. What an answer says is not here: it comes from the schema.

/// A language of the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    French,
    English,
    Arabic,
}

impl Language {
    pub const ALL: [Self; 3] = [Self::French, Self::English, Self::Arabic];

    /// BCP 47.
    pub fn tag(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::English => "en",
            Self::Arabic => "ar",
        }
    }

    /// Its own name for itself.
    pub fn name(self) -> &'static str {
        match self {
            Self::French => "Français",
            Self::English => "English",
            Self::Arabic => "العربية",
        }
    }

    pub fn direction(self) -> &'static str {
        if self == Self::Arabic { "rtl" } else { "ltr" }
    }

    /// The language chosen by name, else the first one the browser lists that we have, else French.
    pub fn choose(chosen: Option<&str>, accept: Option<&str>) -> Self {
        let listed = accept
            .unwrap_or_default()
            .split(',')
            .map(|item| item.split(';').next().unwrap_or_default());
        chosen
            .into_iter()
            .chain(listed)
            .find_map(Self::parse)
            .unwrap_or(Self::French)
    }

    fn parse(tag: &str) -> Option<Self> {
        let primary = tag.trim().split('-').next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|language| language.tag().eq_ignore_ascii_case(primary))
    }

    pub fn words(self) -> &'static Words {
        match self {
            Self::French => &FRENCH,
            Self::English => &ENGLISH,
            Self::Arabic => &ARABIC,
        }
    }
}

/// What the pages say.
pub struct Words {
    pub title: &'static str,
    pub tagline: &'static str,
    pub question: &'static str,
    pub ask: &'static str,
    pub examples: &'static str,
    pub table: &'static str,
    pub table_below: &'static str,
    pub what: &'static str,
    pub period: &'static str,
    pub value: &'static str,
    pub picture: &'static str,
    pub sources: &'static str,
    pub published: &'static str,
    pub items: &'static str,
    pub choose: &'static str,
    pub suggestions: &'static str,
    pub understood: &'static str,
    pub query: &'static str,
    pub open_query: &'static str,
    pub variables: &'static str,
    pub failed: &'static str,
    pub playground: &'static str,
    pub schema: &'static str,
    pub data_health: &'static str,
    pub start_over: &'static str,
    pub report: Report,
}

/// What is said around marking an answer wrong.
pub struct Report {
    pub ask: &'static str,
    pub wrong_figure: &'static str,
    pub wrong_place: &'static str,
    pub not_what_i_asked: &'static str,
    pub out_of_date: &'static str,
    pub other: &'static str,
    pub comment: &'static str,
    /// Where questions are kept.
    pub kept: &'static str,
    /// Where they are not.
    pub counted: &'static str,
    pub send: &'static str,
    pub thanks: &'static str,
    pub not_taken: &'static str,
    pub back: &'static str,
}

impl Report {
    /// The problems by the name the schema has for them.
    pub fn problems(&self) -> [(&'static str, &'static str); 5] {
        [
            ("WRONG_FIGURE", self.wrong_figure),
            ("WRONG_PLACE", self.wrong_place),
            ("NOT_WHAT_I_ASKED", self.not_what_i_asked),
            ("OUT_OF_DATE", self.out_of_date),
            ("OTHER", self.other),
        ]
    }
}

static FRENCH: Words = Words {
    title: "Bab, la porte de l’offshoring à Fès-Meknès",
    tagline: "Des chiffres sourcés sur l’écosystème offshoring de Fès-Meknès. Pas de source, pas de réponse.",
    question: "Votre question",
    ask: "Demander",
    examples: "Par exemple",
    table: "Les chiffres en tableau",
    table_below: "Les chiffres sont dans le tableau qui suit.",
    what: "Quoi",
    period: "Période",
    value: "Valeur",
    picture: "Image à partager (PNG)",
    sources: "Sources",
    published: "publié",
    items: "Détail",
    choose: "Vous vouliez dire",
    suggestions: "À demander aussi",
    understood: "Compris",
    query: "La requête GraphQL qui redonne cette réponse",
    open_query: "Ouvrir dans GraphiQL",
    variables: "Variables",
    failed: "La question n’a pas pu être traitée",
    playground: "Explorer l’API (GraphiQL)",
    schema: "Schéma GraphQL",
    data_health: "État des données",
    start_over: "Nouvelle conversation",
    report: Report {
        ask: "Signaler une erreur",
        wrong_figure: "Le chiffre est faux",
        wrong_place: "Ce n’est pas le bon lieu",
        not_what_i_asked: "Ce n’est pas ma question",
        out_of_date: "C’est dépassé",
        other: "Autre chose",
        comment: "Qu’est-ce qui est juste, et où le lire ? (facultatif)",
        kept: "La question et la remarque sont gardées un temps, sans nom ni adresse, pour corriger les données. N’y écrivez rien de personnel.",
        counted: "Seul le signalement est compté ; votre question n’est pas gardée.",
        send: "Signaler",
        thanks: "Merci, c’est noté.",
        not_taken: "Le signalement n’a pas été pris",
        back: "Retour à la question",
    },
};

static ENGLISH: Words = Words {
    title: "Bab, the front door to offshoring in Fès-Meknès",
    tagline: "Sourced figures on the Fès-Meknès offshoring ecosystem. No source, no answer.",
    question: "Your question",
    ask: "Ask",
    examples: "For example",
    table: "The figures as a table",
    table_below: "The figures are in the table that follows.",
    what: "What",
    period: "Period",
    value: "Value",
    picture: "Picture to share (PNG)",
    sources: "Sources",
    published: "published",
    items: "Details",
    choose: "Did you mean",
    suggestions: "You can also ask",
    understood: "Understood as",
    query: "The GraphQL query that gives this answer again",
    open_query: "Open in GraphiQL",
    variables: "Variables",
    failed: "The question could not be handled",
    playground: "Explore the API (GraphiQL)",
    schema: "GraphQL schema",
    data_health: "State of the data",
    start_over: "New conversation",
    report: Report {
        ask: "Something is wrong",
        wrong_figure: "A figure is wrong",
        wrong_place: "It is the wrong place",
        not_what_i_asked: "It is not what I asked",
        out_of_date: "It is out of date",
        other: "Something else",
        comment: "What is right, and where can it be read? (optional)",
        kept: "The question and your remark are kept for some time, without name or address, to mend the data. Write nothing personal.",
        counted: "Only the report is counted; your question is not kept.",
        send: "Report",
        thanks: "Thank you, it is noted.",
        not_taken: "The report was not taken",
        back: "Back to the question",
    },
};

static ARABIC: Words = Words {
    title: "باب، مدخل الأوفشورينغ في فاس مكناس",
    tagline: "أرقام موثقة بمصادرها عن منظومة الأوفشورينغ في جهة فاس مكناس. لا جواب بلا مصدر.",
    question: "سؤالك",
    ask: "اسأل",
    examples: "أمثلة",
    table: "الأرقام في جدول",
    table_below: "الأرقام في الجدول الموالي.",
    what: "الموضوع",
    period: "الفترة",
    value: "القيمة",
    picture: "صورة للمشاركة (PNG)",
    sources: "المصادر",
    published: "نُشر في",
    items: "التفاصيل",
    choose: "هل تقصد",
    suggestions: "يمكنك أيضا أن تسأل",
    understood: "فُهم السؤال هكذا",
    query: "استعلام GraphQL الذي يعطي هذا الجواب من جديد",
    open_query: "افتح في GraphiQL",
    variables: "المتغيرات",
    failed: "تعذرت معالجة السؤال",
    playground: "استكشف الواجهة (GraphiQL)",
    schema: "مخطط GraphQL",
    data_health: "حالة البيانات",
    start_over: "محادثة جديدة",
    report: Report {
        ask: "التبليغ عن خطأ",
        wrong_figure: "الرقم غير صحيح",
        wrong_place: "المكان ليس هو المقصود",
        not_what_i_asked: "ليس هذا ما سألت عنه",
        out_of_date: "المعلومة قديمة",
        other: "شيء آخر",
        comment: "ما هو الصحيح، وأين يمكن قراءته؟ (اختياري)",
        kept: "يُحتفظ بالسؤال والملاحظة لمدة محدودة، دون اسم أو عنوان، لتصحيح المعطيات. لا تكتب شيئا شخصيا.",
        counted: "يُعدّ التبليغ فقط، ولا يُحتفظ بسؤالك.",
        send: "بلّغ",
        thanks: "شكرا، تم تسجيل ذلك.",
        not_taken: "لم يُقبل التبليغ",
        back: "العودة إلى السؤال",
    },
};

/// One question in each of the five language forms that are understood, with the language it is written in.
pub const EXAMPLES: [(&str, &str); 5] = [
    ("fr", "Combien de centres d'appels à Fès ?"),
    ("en", "How many call centres are there in Fès?"),
    ("ar", "كم عدد مراكز الاتصال في فاس؟"),
    ("ary", "شحال من سونطر دابيل كاين ف فاس؟"),
    ("ary-Latn", "ch7al mn centre d'appel kayn f Fes?"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_wins_over_the_browser_and_french_over_nothing() {
        use Language::{Arabic, English, French};
        for (chosen, accept, expected) in [
            (None, None, French),
            (None, Some("en-GB,en;q=0.9"), English),
            (None, Some("de, ar-MA;q=0.8, en;q=0.5"), Arabic),
            (Some("fr"), Some("en"), French),
            (Some("<script>"), Some("EN"), English),
            (None, Some(",;;,"), French),
        ] {
            assert_eq!(
                Language::choose(chosen, accept),
                expected,
                "{chosen:?} {accept:?}"
            );
        }
    }
}
