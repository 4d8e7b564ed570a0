//! Feedback: questions without an answer, answers marked wrong, and the texts of both where the operator keeps them. Kinds, reasons and
//! language forms are the words of the contract (`COUNT`, `NO_OBSERVATION`, `ary_latn`); rows with words of an older release stay.

/// How often questions of one sort went without an answer on one day.
pub mod unanswered {
    use sea_orm::entity::prelude::*;
    use serde::Serialize;

    #[derive(Clone, Debug, PartialEq, Eq, Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "unanswered_questions")]
    pub struct Model {
        #[sea_orm(primary_key)]
        #[serde(skip)]
        pub id: i64,
        pub day: Date,
        pub reason: String,
        pub kind: String,
        pub form: String,
        pub times: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// How often one answer was marked wrong, in one way, on one day.
pub mod reported {
    use sea_orm::entity::prelude::*;
    use serde::Serialize;

    use crate::AnswerProblem;

    #[derive(Clone, Debug, PartialEq, Eq, Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "reported_answers")]
    pub struct Model {
        #[sea_orm(primary_key)]
        #[serde(skip)]
        pub id: i64,
        pub day: Date,
        pub problem: AnswerProblem,
        pub kind: String,
        /// Why it was no answer; none when it was one.
        pub reason: Option<String>,
        pub form: String,
        pub indicator: Option<String>,
        pub territory: Option<String>,
        /// Key of the organisation, park, project… it was about.
        pub subject: Option<String>,
        /// Tells answers to different questions apart.
        #[serde(skip)]
        pub digest: i64,
        pub times: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What was asked, anonymous, when it was not answered (`reason`) or its answer was marked wrong (`problem`).
pub mod kept {
    use sea_orm::entity::prelude::*;
    use serde::Serialize;

    use crate::AnswerProblem;

    #[derive(Clone, Debug, PartialEq, Eq, Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "kept_questions")]
    pub struct Model {
        #[sea_orm(primary_key)]
        #[serde(skip)]
        pub id: i64,
        pub day: Date,
        pub kind: String,
        pub form: String,
        pub reason: Option<String>,
        pub problem: Option<AnswerProblem>,
        pub question: String,
        pub comment: Option<String>,
        /// Tells texts of one day apart.
        #[serde(skip)]
        pub digest: i64,
        pub times: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
