//! The vocabulary of the rows as GraphQL enums, mirrored, not copied.

use async_graphql::Enum;

macro_rules! mirror {
    ($($(#[$doc:meta])* $name:ident = $remote:literal { $($(#[$variant_doc:meta])* $variant:ident),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[graphql(remote = $remote)]
        pub enum $name { $($(#[$variant_doc])* $variant),+ }
    )+};
}

mirror! {
    /// What a proposal asks for.
    ProposalAction = "entity::ProposalAction" {
        /// A fact that is not there yet.
        Create,
        /// Another version of a fact.
        Revise,
        /// The end of a fact, with none in its place.
        Retract,
    }

    /// What became of a proposal.
    ProposalStatus = "entity::ProposalStatus" {
        /// It waits for a curator.
        Open,
        /// It was taken over as it was.
        Accepted,
        /// It was taken over with other content.
        Amended,
        /// It was not taken over.
        Rejected,
    }

    /// What sort of person wrote something.
    AuthorRole = "entity::Role" {
        /// Somebody without an API key.
        Anybody,
        /// The holder of an API key that does not curate.
        Partner,
        /// The holder of an API key with the scope curate.
        Curator,
        /// Whoever runs the server.
        Operator,
    }

    /// The door through which something was written.
    Door = "entity::Door" {
        /// HTTP or WebSocket.
        Api,
        /// The Telegram bot.
        Telegram,
        /// A terminal beside the server.
        Terminal,
    }

    /// What was done.
    AuditAction = "entity::AuditAction" {
        /// A proposal was made.
        Propose,
        /// A proposal was taken over as it was.
        Accept,
        /// A proposal was taken over with other content.
        Amend,
        /// A proposal was not taken over.
        Reject,
        /// A fact was stated for the first time, or again after its end.
        Create,
        /// Another version of a fact came in force.
        Revise,
        /// A fact ended with none in its place.
        Retract,
        /// A fact became another name of the one it was found to be.
        Merge,
        /// An empty database was filled; its many rows are one entry.
        Fill,
        /// An API key was made.
        MakeKey,
        /// An API key was ended.
        RevokeKey,
        /// A webhook was made.
        MakeWebhook,
        /// A webhook was deleted.
        DeleteWebhook,
    }

    /// Whether a webhook is delivered to.
    WebhookState = "entity::WebhookState" {
        /// It is told of what changes.
        Active,
        /// Nothing could be delivered for three days. Mend the endpoint and make another webhook with `after`.
        GivenUp,
        /// Its address answered 410: nobody is there any more.
        Gone,
        /// Its API key expired or was revoked.
        KeyEnded,
        /// What happened was deleted before it could be delivered. Read the lists again and make another webhook.
        EventsForgotten,
        /// Its filter means nothing any more after a change of the contract. Make another webhook.
        FilterOutdated,
    }

    /// A level of the territorial tree of Morocco. Provinces and prefectures stand on one level.
    TerritoryLevel = "entity::Level" {
        /// The country.
        Country,
        /// One of the 12 regions.
        Region,
        /// A province or prefecture.
        Province,
        /// An urban or rural commune.
        Commune,
        /// A district of a large city.
        Arrondissement,
    }

    /// What kind of quantity an indicator is. It decides which figure leads and what may be added up.
    Measure = "entity::Measure" {
        /// Counted at a moment.
        Stock,
        /// Added up over a period.
        Flow,
        /// A share or a rate.
        Ratio,
        /// A position in an order; 1 is first.
        Rank,
        /// A price.
        Price,
    }

    /// How the source words a value.
    Qualifier = "entity::Qualifier" {
        /// Stated as it is.
        Exact,
        /// "About", "nearly" ("près de").
        Approximate,
        /// "More than", "at least".
        AtLeast,
        /// "At most", "up to".
        AtMost,
        /// An objective, an announcement or a plan: never an achieved figure.
        Target,
    }

    /// Whether the source states the reference period or it was inferred from the context.
    PeriodBasis = "entity::PeriodBasis" {
        /// The source states it.
        Stated,
        /// Inferred; the observation's note says from what.
        Inferred,
    }

    /// A kind of source, in the order in which they are preferred.
    SourceKind = "entity::SourceKind" {
        /// A statistical data set.
        Dataset,
        /// A public body's page or document.
        Official,
        /// A study or report.
        Report,
        /// A company's own page.
        Company,
        /// A press article.
        Press,
    }

    /// A kind of organisation.
    OrganisationKind = "entity::OrganisationKind" {
        /// A company.
        Company,
        /// A ministry, agency, council or other public body.
        PublicBody,
        /// A federation or association.
        Federation,
        /// A university or one of its schools.
        University,
        /// A vocational training institute.
        TrainingInstitute,
        /// A company that develops or runs parks.
        ParkOperator,
        /// A bank or fund.
        Bank,
    }

    /// A kind of agreement.
    AgreementKind = "entity::AgreementKind" {
        /// A memorandum of understanding.
        Memorandum,
        /// A convention.
        Convention,
        /// A contract or circular.
        Contract,
    }

    /// Where a project stood, as of the date its status carries.
    ProjectStatus = "entity::ProjectStatus" {
        /// Announced.
        Announced,
        /// Under study.
        Studies,
        /// Its agreement is signed.
        AgreementSigned,
        /// Approved.
        Approved,
        /// Out to tender.
        Tender,
        /// Started.
        Started,
        /// Launched.
        Launched,
        /// In progress.
        InProgress,
        /// Under construction.
        UnderConstruction,
        /// Its first phase is delivered.
        FirstPhaseDelivered,
        /// Delivered.
        Delivered,
    }

    /// A kind of incentive.
    IncentiveKind = "entity::IncentiveKind" {
        /// On income tax.
        IncomeTax,
        /// On corporate tax.
        CorporateTax,
        /// A bonus for each job.
        JobBonus,
        /// A bonus for training.
        TrainingBonus,
        /// A grant.
        Grant,
        /// On social charges.
        SocialCharges,
    }

    /// What a training programme's figure counts.
    TrainingMeasure = "entity::TrainingMeasure" {
        /// Students enrolled.
        Students,
        /// Graduates in a year.
        GraduatesPerYear,
        /// Places offered.
        Places,
    }

    /// What an observation can be about, other than a whole territory.
    SubjectKind = "entity::SubjectKind" {
        /// An organisation.
        Organisation,
        /// A park.
        Park,
        /// A project.
        Project,
        /// An agreement.
        Agreement,
        /// A plan.
        Plan,
        /// A training programme.
        Programme,
    }

    /// The rule that chose the leading figure.
    HeadlineRule = "store::headline::Rule" {
        /// It is the only one.
        OnlyFigure,
        /// It is of the period asked.
        AskedPeriod,
        /// It is of the latest period.
        LatestPeriod,
        /// It is of the latest whole year; a later part of a year is given apart.
        CompleteYear,
        /// Its period is stated where others of the same producer are inferred.
        StatedPeriod,
        /// It is known who measured it.
        KnownProducer,
        /// Its kind of source is preferred.
        SourceKind,
        /// It was published last.
        LatestPublication,
        /// Nothing else tells them apart: first by source key.
        SourceKey,
    }

    /// A kind of thing that can be searched.
    ConceptKind = "entity::ConceptKind" {
        /// A unit.
        Unit,
        /// A source.
        Source,
        /// A territory.
        Territory,
        /// An activity.
        Activity,
        /// An indicator.
        Indicator,
        /// An organisation.
        Organisation,
        /// A park.
        Park,
        /// A site.
        Site,
        /// A project.
        Project,
        /// An agreement.
        Agreement,
        /// An axis of an agreement.
        AgreementAxis,
        /// A plan.
        Plan,
        /// An objective of a plan.
        PlanObjective,
        /// An incentive.
        Incentive,
        /// A training programme.
        TrainingProgramme,
        /// An event.
        Event,
        /// An observation.
        Observation,
        /// The coordinates of a place.
        Coordinates,
    }
}
