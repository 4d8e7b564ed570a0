//! Needs at the desk: for coordinators, step by step, and whom to write to only when somebody asks.

use super::*;

const PROFILE: &str = "mutation W($input: RecordInput!) { record(input: $input) { factKey userErrors { field message } } }";

async fn filed(door: &Door, coordinator: &Secret, curator: &Secret) -> String {
    let profile = json!({ "profile": { "organisation": "intelcia", "offers": ["STOCK_MANAGEMENT"], "languages": ["fr"], "sectors": ["LEATHER"], "source": "journaleco_2020" } });
    let made = run(
        door,
        curator,
        PROFILE,
        json!({ "input": { "fact": profile, "reason": "said so" } }),
    )
    .await;
    assert_eq!(made["record"]["userErrors"], json!([]), "{made}");
    let need = json!({
        "company": "Tannerie <b>Chouara</b>", "sector": "LEATHER", "territory": "03.231", "languages": ["fr", "ar"],
        "description": "Nous voulons suivre\nnos stocks <i>de peaux</i>.", "capabilities": ["STOCK_MANAGEMENT"], "consent": true,
        "contact": { "name": "Zineb Fassi", "email": "achats@tannerie.example.ma" },
    });
    let query = "mutation F($input: FileNeedInput!) { fileNeed(input: $input) { receipt userErrors { field message } } }";
    let made = run(door, coordinator, query, json!({ "input": need })).await;
    assert_eq!(made["fileNeed"]["userErrors"], json!([]), "{made}");
    let found = run(
        door,
        coordinator,
        "query N { needs { nodes { key } } }",
        json!({}),
    )
    .await;
    found["needs"]["nodes"][0]["key"]
        .as_str()
        .unwrap()
        .to_owned()
}

async fn looks(door: &Door, secret: &Secret) -> i64 {
    let query = "query A { auditEntries(filter: { actions: [READ_CONTACT] }) { totalCount } }";
    run(door, secret, query, json!({})).await["auditEntries"]["totalCount"]
        .as_i64()
        .unwrap()
}

#[tokio::test]
async fn a_need_goes_from_open_to_done() {
    let (door, database) = opened().await;
    let (coordinator, curator) = (
        key(&database, 1, "coordinate").await,
        key(&database, 2, "curate").await,
    );
    let need = filed(&door, &coordinator, &curator).await;
    let signed_in = sign_in(&door, &coordinator).await;
    assert_eq!(
        signed_in.header("location"),
        "/desk/needs?lang=en",
        "who only coordinates has no queue"
    );
    let seat = Curator::of(&door, &signed_in);
    let list = seat.get("/desk/needs?lang=en").await;
    assert!(
        list.text()
            .contains("Tannerie &#60;b&#62;Chouara&#60;/b&#62;")
            && !list.text().contains("/desk/conflicts"),
        "{}",
        list.text()
    );
    let address = format!("/desk/needs/{need}?lang=en");
    let page = seat.get(&address).await;
    assert!(
        page.text().contains("offers <bdi>stock management</bdi>")
            && page.text().contains("Intelcia"),
        "{}",
        page.text()
    );
    assert!(
        !page.text().contains("Zineb"),
        "whom to write to is not shown to who did not ask"
    );
    assert_eq!(looks(&door, &curator).await, 0);
    let contact = seat.fill(&address, "/contact", &[]).await;
    assert!(contact.text().contains("Zineb Fassi"), "{}", contact.text());
    assert_eq!(looks(&door, &curator).await, 1);

    // Nobody agreed yet: it says so, and the note stays.
    let early = seat
        .fill(
            &address,
            "/advance",
            &[("status", "INTRODUCED"), ("note", "le <12> janvier")],
        )
        .await;
    assert_eq!(early.status, 422, "{}", early.text());
    assert!(
        early.text().contains("record the consent of both first")
            && early.text().contains("le &#60;12&#62; janvier</textarea>"),
        "{}",
        early.text()
    );
    let steps: [(&str, &[(&str, &str)]); 6] = [
        ("/introduce", &[("provider", "intelcia")]),
        (
            "/consent",
            &[
                ("provider", "intelcia"),
                ("side", "COMPANY"),
                ("consent", "GIVEN"),
            ],
        ),
        (
            "/consent",
            &[
                ("provider", "intelcia"),
                ("side", "PROVIDER"),
                ("consent", "GIVEN"),
            ],
        ),
        (
            "/advance",
            &[("status", "INTRODUCED"), ("note", "meeting on 12 January")],
        ),
        ("/advance", &[("status", "UNDER_WAY")]),
        ("/advance", &[("status", "DONE")]),
    ];
    for (step, fields) in steps {
        let done = seat.fill(&address, step, fields).await;
        assert_eq!(done.status, 303, "{step} {fields:?}: {}", done.text());
    }
    let page = seat.get(&address).await;
    assert!(
        page.text().contains("<span class=\"tag\">done</span>")
            && !page.text().contains("name=\"status\""),
        "{}",
        page.text()
    );
}

#[tokio::test]
async fn each_part_of_the_desk_is_for_its_scope() {
    let (door, database) = opened().await;
    let (coordinator, curator) = (
        key(&database, 1, "coordinate").await,
        key(&database, 2, "curate").await,
    );
    let need = filed(&door, &coordinator, &curator).await;
    let proposal = proposed(&door, &curator, 41.0).await;
    let (coordinates, curates) = (
        Curator::enter(&door, &coordinator).await,
        Curator::enter(&door, &curator).await,
    );
    for path in ["/desk/needs", &format!("/desk/needs/{need}")] {
        let page = curates.get(&format!("{path}?lang=en")).await;
        assert_eq!(page.status, 403);
        assert!(
            !page.text().contains("Chouara") && page.text().contains("has not the scope"),
            "{}",
            page.text()
        );
    }
    for path in [
        "/desk",
        &format!("/desk/proposals/{proposal}"),
        &format!("/desk/proposals/{proposal}/amend"),
        "/desk/conflicts",
        "/desk/audit",
    ] {
        let page = coordinates.get(&format!("{path}?lang=en")).await;
        assert_eq!(page.status, 403, "{path}");
        assert!(!page.text().contains("journaleco"), "{}", page.text());
    }
    let token = coordinates.token().await;
    let fields = [("token", token.as_str()), ("version", "1"), ("reason", "r")];
    let refused = coordinates
        .send(
            &format!("/desk/proposals/{proposal}/accept?lang=en"),
            &fields,
        )
        .await;
    assert_eq!(refused.status, 403);
    let refused = curates
        .send(
            &format!("/desk/needs/{need}/contact?lang=en"),
            &[("token", &curates.token().await)],
        )
        .await;
    assert_eq!(refused.status, 403);
    assert_eq!(
        stands(&door, &curator, &proposal).await,
        ("OPEN".to_owned(), 36.0)
    );
}
