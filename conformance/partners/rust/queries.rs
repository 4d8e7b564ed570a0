//! What is asked, as Rust types: cynic writes the documents from them, and checks them against the contract when it compiles.

mod schema {
    cynic::use_schema!("../../schema/schema.graphql");
}

pub use typed::*;

#[cynic::schema_for_derives(file = "../../schema/schema.graphql", module = "schema")]
mod typed {
    use super::schema;

    #[derive(cynic::QueryVariables)]
    pub struct HeadlineVariables<'a> {
        pub indicator: &'a str,
        pub territory: &'a str,
    }

    #[derive(cynic::QueryFragment)]
    #[cynic(graphql_type = "Query", variables = "HeadlineVariables")]
    pub struct Headline {
        #[arguments(indicator: $indicator, territory: $territory)]
        pub headline: Option<Figures>,
    }

    #[derive(cynic::QueryFragment)]
    #[cynic(graphql_type = "Headline")]
    pub struct Figures {
        pub observation: Option<Cited>,
        pub series: Vec<Cited>,
    }

    /// What must stand beside a number.
    #[derive(cynic::QueryFragment)]
    #[cynic(graphql_type = "Observation")]
    pub struct Cited {
        pub value: f64,
        pub unit: Unit,
        pub period: Option<ReferencePeriod>,
        pub qualifier: Qualifier,
        pub territory: Option<Territory>,
        pub producer: Option<Organisation>,
        pub source: Source,
    }

    #[derive(cynic::QueryFragment)]
    pub struct Unit {
        pub key: String,
    }

    #[derive(cynic::QueryFragment)]
    pub struct Territory {
        #[arguments(locale: EN)]
        pub name: String,
    }

    #[derive(cynic::QueryFragment)]
    pub struct Organisation {
        pub name: String,
    }

    #[derive(cynic::QueryFragment)]
    pub struct Source {
        pub publisher: String,
        pub published_on: Option<PartialDate>,
    }

    #[derive(cynic::Enum, Clone, Copy, Debug)]
    pub enum Qualifier {
        Approximate,
        AtLeast,
        AtMost,
        Exact,
        Target,
        /// What the contract gains later.
        #[cynic(fallback)]
        Unknown,
    }

    #[derive(cynic::Scalar, Clone)]
    pub struct ReferencePeriod(pub String);

    #[derive(cynic::Scalar)]
    pub struct PartialDate(pub String);

    #[derive(cynic::QueryVariables)]
    pub struct CommunesVariables {
        pub first: i32,
        pub after: Option<String>,
        pub period: ReferencePeriod,
    }

    #[derive(cynic::QueryFragment)]
    #[cynic(graphql_type = "Query", variables = "CommunesVariables")]
    pub struct Communes {
        #[arguments(
            first: $first,
            after: $after,
            filter: { indicator: { eq: "hcp_businesses" }, territory: { within: "03", level: COMMUNE }, period: { eq: $period } },
            orderBy: [{ field: VALUE, direction: DESC }]
        )]
        pub observations: Page,
    }

    #[derive(cynic::QueryFragment)]
    #[cynic(graphql_type = "ObservationConnection")]
    pub struct Page {
        pub page_info: PageInfo,
        pub nodes: Vec<Cited>,
    }

    #[derive(cynic::QueryFragment)]
    pub struct PageInfo {
        pub has_next_page: bool,
        pub end_cursor: Option<String>,
    }
}
