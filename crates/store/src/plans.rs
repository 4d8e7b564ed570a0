//! How the databases go about what partners ask most, where a wrong plan would be felt: 100,000 sites in 1,588 places, on both databases.

use entity::{SubjectKind, observation, organisation, site, territory};
use sea_orm::{ConnectionTrait, TransactionTrait, sea_query::SelectStatement};

use crate::{
    Filter, Store,
    aggregate::{self, Asked, Detail, FiguresOf, GroupOrder, GroupTerm, Grouping, Key},
    filter, headline,
    load::{apply::Run, derived},
    neighbour::Reference,
    page::{self, List, Term, Window},
    rollup,
};

/// A country, 12 regions (ids 2 to 13), 75 provinces (14 to 88) and 1,500 communes; three activities; 20,000 organisations; a
/// head-count for each of the sites, and figures of 50 indicators for each place.
const ROWS: &[&str] = &[
    "INSERT INTO sources (id, key, kind, publisher, title, licence) VALUES (1, 'source', 'dataset', 'test', 'Test', 'none')",
    "INSERT INTO units (id, key, name_fr, name_en, name_ar) VALUES (1, 'person', 'p', 'p', 'p')",
    "INSERT INTO territories (id, key, level, parent_id, name_fr, name_ar, name_en, slug, kind, source_id) \
     SELECT n, 't' || n, CASE WHEN n = 1 THEN 'country' WHEN n < 14 THEN 'region' WHEN n < 89 THEN 'province' ELSE 'commune' END, \
     CASE WHEN n = 1 THEN NULL WHEN n < 14 THEN 1 WHEN n < 89 THEN 2 + n % 12 ELSE 14 + n % 75 END, 'n', 'n', 'n', 's', 'k', 1 FROM numbers(1588)",
    "INSERT INTO activities (id, key, parent_id, name_fr, name_en, name_ar, source_id) VALUES (1, 'offshoring', NULL, 'n', 'n', 'n', 1), \
     (2, 'CRM', 1, 'n', 'n', 'n', 1), (3, 'ITO', 1, 'n', 'n', 'n', 1)",
    "INSERT INTO organisations (id, key, name, kind, source_id) SELECT n, 'o' || n, 'n', 'company', 1 FROM numbers(20000)",
    "INSERT INTO indicators (id, key, name_fr, name_en, unit_id, measure) SELECT n, 'i' || n, 'n', 'n', 1, 'stock' FROM numbers(51)",
    "INSERT INTO observations (key, indicator_id, subject_kind, subject_id, value, qualifier, source_id, recorded_at) \
     SELECT 'h' || n, 51, 'organisation', 1 + n % 20000, 1 + n % 977, 'exact', 1, CURRENT_TIMESTAMP FROM numbers(100000)",
    "INSERT INTO observations (key, indicator_id, territory_id, value, qualifier, source_id, recorded_at) \
     SELECT 'v' || n, 1 + n % 50, 1 + n / 50, n, 'exact', 1, CURRENT_TIMESTAMP FROM numbers(79350)",
    "INSERT INTO sites (key, organisation_id, territory_id, activity_id, headcount_observation, source_id) \
     SELECT 's' || n, 1 + n % 20000, 89 + n % 1500, 2 + n % 2, 'h' || n, 1 FROM numbers(100000)",
];

async fn filled(url: &str) -> Store {
    let store = Store::connect(url).await.expect("a database");
    let transaction = store.writer.begin().await.expect("a transaction");
    for rows in ROWS {
        let (before, count) = rows.rsplit_once("numbers(").unwrap_or((rows, ""));
        let count = count.trim_end_matches(')');
        let numbers = format!(
            "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count})"
        );
        let statement = match count {
            "" => (*rows).to_owned(),
            _ => before.replacen("SELECT", &format!("{numbers} SELECT"), 1) + "numbers",
        };
        transaction
            .execute_unprepared(&statement)
            .await
            .unwrap_or_else(|error| panic!("{statement}: {error}"));
    }
    let run = Run {
        transaction: &transaction,
        now: chrono::Utc::now(),
        mentioned: None,
    };
    run.rebuild_ancestors().await.expect("ancestors");
    derived::Touched::all()
        .derive(&store, &run)
        .await
        .expect("totals");
    transaction.commit().await.expect("committed");
    store
        .writer
        .execute_unprepared("ANALYZE")
        .await
        .expect("analysed");
    store
}

async fn plan(store: &Store, statement: &SelectStatement) -> String {
    let mut statement = store.db.get_database_backend().build(statement);
    let (explain, column) = match store.is_postgres() {
        true => ("EXPLAIN ", "QUERY PLAN"),
        false => ("EXPLAIN QUERY PLAN ", "detail"),
    };
    statement.sql.insert_str(0, explain);
    let rows = store.db.query_all_raw(statement).await.expect("a plan");
    rows.iter()
        .map(|row| row.try_get::<String>("", column).expect("a line") + "\n")
        .collect()
}

fn sites(filters: impl IntoIterator<Item = Filter>) -> List<site::Entity> {
    List {
        filter: Filter::all(filters),
        order: Vec::new(),
        recorded_at: None,
    }
}

async fn largest(store: &Store, list: List<site::Entity>) -> SelectStatement {
    let list = List {
        order: vec![Term {
            column: site::Column::Headcount,
            descending: true,
        }],
        ..list
    };
    let window = Window {
        size: 20,
        backward: false,
        after: None,
        before: None,
    };
    let above = Reference::id::<territory::Entity>(territory::Column::ParentId, Vec::new());
    let references = [
        Reference::id::<organisation::Entity>(site::Column::OrganisationId, Vec::new()),
        Reference::id::<territory::Entity>(site::Column::TerritoryId, vec![above]),
        Reference::key::<observation::Entity>(site::Column::HeadcountObservation, Vec::new()),
    ];
    let access = store.hints().access(store, &list).await.expect("hints");
    let (statement, _) = page::statement(&list, &window, access, &references).expect("no cursor");
    statement
}

/// How often a plan reads a table from its first to its last row. SQLite calls the page taken before anything is joined to it by the
/// name of the table, and says so.
fn whole(plan: &str, table: &str) -> usize {
    let count = |start: &str| {
        let exact = format!("{start} {table}");
        plan.lines()
            .filter(|line| {
                line.trim_start_matches([' ', '-', '>']).split("  (").next() == Some(&exact)
            })
            .count()
    };
    count("Seq Scan on") + count("SCAN") - count("CO-ROUTINE").min(count("SCAN"))
}

#[tokio::test]
async fn large_tables_are_never_read_whole() {
    for database in [testkit::empty().await, testkit::postgres_empty().await] {
        let store = filled(&database.url).await;
        let within = |code: &str| filter::within_territory(site::Column::TerritoryId, code);
        let of = |key: &str| filter::within_activity(site::Column::ActivityId, key);

        let (mut count, expression) = rollup::counted(&sites([within("t20"), of("CRM")]), None);
        let count = plan(&store, count.expr(expression)).await;
        assert!(count.contains("site_totals"), "{count}");

        // Of a region, which has a twelfth of the sites, the largest come one after the other out of the order of all of them; of a
        // commune, which has 67, its own are read and put in order.
        let region = plan(&store, &largest(&store, sites([within("t2")])).await).await;
        assert!(region.contains("sites_headcount_idx"), "{region}");
        assert!(!region.contains("TEMP B-TREE"), "{region}");
        let commune = plan(&store, &largest(&store, sites([within("t500")])).await).await;
        assert!(commune.contains("sites_territory_id"), "{commune}");

        let grouping = Grouping {
            keys: vec![Key::territory(
                site::Column::TerritoryId,
                entity::Level::Province,
            )],
            references: vec![Some(Vec::new())],
            order: vec![GroupTerm {
                by: GroupOrder::Rows,
                descending: true,
            }],
            first: 100,
        };
        let asked = Asked {
            distinct: Vec::new(),
            figures: Some((
                FiguresOf::Named(site::Column::HeadcountObservation),
                Detail::default(),
            )),
        };
        let (groups, _) =
            aggregate::statement(&store, None, &sites([within("t2")]), &asked, &grouping);
        let groups = plan(&store, &groups).await;
        assert!(groups.contains("site_totals"), "{groups}");

        let request = headline::Request {
            indicator: "i7".into(),
            territory: Some("t500".into()),
            activity: None,
            subject: None,
            period: None,
            scope: None,
            recorded_at: None,
        };
        let of_place = plan(&store, &headline::statement_of(&request)).await;
        let request = headline::Request {
            indicator: "i51".into(),
            territory: None,
            subject: Some((SubjectKind::Organisation, "o77".into())),
            ..request
        };
        let of_company = plan(&store, &headline::statement_of(&request)).await;

        for plan in [&count, &region, &commune, &groups, &of_place, &of_company] {
            for table in ["sites", "observations", "organisations"] {
                assert_eq!(whole(plan, table), 0, "{table}: {plan}");
            }
        }
    }
}
