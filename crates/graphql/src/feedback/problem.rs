//! What can be wrong with an answer.

use async_graphql::Enum;

/// What is wrong with an answer.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::AnswerProblem")]
pub enum AnswerProblem {
    /// A number is wrong.
    WrongFigure,
    /// It is about another place than the one asked about.
    WrongPlace,
    /// The question was taken for another one, or was not answered though it can be.
    #[graphql(name = "NOT_WHAT_I_ASKED")]
    NotWhatIAsked,
    /// Something newer is known.
    OutOfDate,
    /// Anything else.
    Other,
}
