//! From a proposal that waits to a fact that answers: accepted, turned down, amended.

use super::*;

#[tokio::test]
async fn a_proposal_is_read_beside_its_text_and_accepted() {
    let (door, database) = opened().await;
    let secret = key(&database, 1, "curate").await;
    let first = proposed(&door, &secret, 41.0).await;
    let second = proposed(&door, &secret, 43.0).await;
    let curator = Curator::enter(&door, &secret).await;
    for (language, direction) in [("fr", "ltr"), ("en", "ltr"), ("ar", "rtl")] {
        let queue = curator.get(&format!("/desk?lang={language}")).await;
        assert!(
            queue
                .text()
                .contains(&format!("<html lang=\"{language}\" dir=\"{direction}\">"))
        );
        assert!(
            queue.text().contains(&first) && queue.text().contains(&second),
            "{}",
            queue.text()
        );
    }
    let queue = curator.get("/desk?lang=en").await;
    // The oldest first.
    let row = queue.text().split("class=\"row\" href=\"").nth(1).unwrap();
    let opened = plain(row.split('"').next().unwrap());
    assert!(opened.contains(&first), "{opened}");
    let page = curator.get(&opened).await;
    let text = page.text();
    assert!(text.contains("La ville compte <mark id=\"said\" title=\"Value\">41</mark> <mark title=\"Indicator\">centres d&#39;appels</mark>, selon"), "{text}");
    assert!(
        text.contains("<del>36</del>") && text.contains("<ins>41</ins>"),
        "{text}"
    );
    let next = plain(
        text.split("rel=\"next\" href=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap(),
    );
    assert!(next.contains(&second), "{next}");

    let decided = curator
        .fill(&opened, "/accept", &[("reason", "Read in the article.")])
        .await;
    let onward = curator.follow(&decided).await;
    // The next one, and what became of the last.
    assert!(
        decided.header("location").contains(&second),
        "{}",
        decided.header("location")
    );
    assert!(
        onward.text().contains("class=\"notice\"")
            && onward
                .text()
                .contains("/indicator/call_centres?territory=03.231"),
        "{}",
        onward.text()
    );
    assert_eq!(
        stands(&door, &secret, &first).await,
        ("ACCEPTED".to_owned(), 41.0)
    );
    assert!(
        door.get("/indicator/call_centres?territory=03.231&lang=en")
            .await
            .text()
            .contains("<bdi>41</bdi>")
    );

    // The other was proposed against what was in force before: it is told, and what was typed stays.
    let address = format!("/desk/proposals/{second}?lang=en");
    let refused = curator
        .fill(&address, "/accept", &[("reason", "Typed with <care>")])
        .await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(
        refused.text().contains("Nothing was changed")
            && refused.text().contains("changed since this was proposed"),
        "{}",
        refused.text()
    );
    assert!(
        refused
            .text()
            .contains("value=\"Typed with &#60;care&#62;\""),
        "{}",
        refused.text()
    );
    let empty = curator.fill(&address, "/reject", &[("reason", "  ")]).await;
    assert_eq!(empty.status, 422);
    let rejected = curator
        .fill(&address, "/reject", &[("reason", "An older count.")])
        .await;
    let list = curator.follow(&rejected).await;
    assert!(
        list.text().contains("rejected") && list.text().contains("Nothing waits here"),
        "{}",
        list.text()
    );
    assert_eq!(
        stands(&door, &secret, &second).await,
        ("REJECTED".to_owned(), 41.0)
    );
    let all = curator.get("/desk?lang=en&state=rejected").await;
    assert!(all.text().contains(&second) && !all.text().contains(&first));
    let audit = curator.get("/desk/audit?lang=en").await;
    assert!(
        audit.text().contains("An older count.") && audit.text().contains("Read in the article."),
        "{}",
        audit.text()
    );
}

#[tokio::test]
async fn a_form_sent_twice_is_carried_out_once() {
    let (door, database) = opened().await;
    let secret = key(&database, 1, "curate").await;
    let proposal = proposed(&door, &secret, 41.0).await;
    let curator = Curator::enter(&door, &secret).await;
    let page = curator
        .get(&format!("/desk/proposals/{proposal}?lang=en"))
        .await;
    let [token, once] = ["token", "once"].map(|name| hidden(page.text(), name));
    let fields = [
        ("token", token.as_str()),
        ("once", &once),
        ("version", "1"),
        ("reason", "Read."),
    ];
    let address = format!("/desk/proposals/{proposal}/accept?lang=en");
    for _ in 0..2 {
        let answer = curator.send(&address, &fields).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
    }
    let query = "query H { history(fact: { concept: OBSERVATION, key: \"call_centres.03.231.2019.journaleco_2020\" }) { totalCount } }";
    let versions = run(&door, &secret, query, json!({})).await;
    assert_eq!(versions["history"]["totalCount"], 2);
    // Another page of the same proposal was looked at before: it is decided already.
    let late = [
        ("token", token.as_str()),
        ("once", "another"),
        ("version", "1"),
        ("reason", "Mine."),
    ];
    let late = curator
        .send(&format!("/desk/proposals/{proposal}/reject?lang=en"), &late)
        .await;
    assert_eq!(late.status, 422);
    assert!(late.text().contains("accepted"), "{}", late.text());
}

#[tokio::test]
async fn a_figure_is_amended_field_by_field_and_what_was_typed_is_not_lost() {
    let (door, database) = opened().await;
    let secret = key(&database, 1, "curate").await;
    let proposal = proposed(&door, &secret, 41.0).await;
    let curator = Curator::enter(&door, &secret).await;
    let address = format!("/desk/proposals/{proposal}/amend?lang=en");
    let page = curator.get(&address).await;
    for said in [
        "name=\"value\" inputmode=\"decimal\" dir=\"ltr\" value=\"41\"",
        "name=\"period\"",
        "<option value=\"EXACT\" selected>",
        "name=\"subject.key\"",
    ] {
        assert!(page.text().contains(said), "{said}: {}", page.text());
    }
    assert!(
        !page.text().contains("name=\"key\""),
        "the key is that of the proposal"
    );
    let typed = |value: &'static str, period: &'static str| {
        [
            ("indicator", "call_centres"),
            ("territory", "03.231"),
            ("activity", "call_centre"),
            ("value", value),
            ("period", period),
            ("periodBasis", "STATED"),
            ("qualifier", "AT_LEAST"),
            ("producer", "cri_fes_meknes"),
            ("source", "journaleco_2020"),
            ("note", "ce qu'on\r\nen dit"),
            ("reason", "counted again"),
        ]
    };
    for (value, period, said) in [
        ("about 42", "2019", "is not a number"),
        ("42", "last year", "period"),
        ("42.5", "2019", "whole number"),
        ("", "2019", "value"),
    ] {
        let refused = curator.fill(&address, "", &typed(value, period)).await;
        assert_eq!(refused.status, 422, "{value} {period}: {}", refused.text());
        assert!(
            refused.text().contains(said),
            "{value} {period}: {}",
            refused.text()
        );
        for kept in [
            format!("name=\"value\" inputmode=\"decimal\" dir=\"ltr\" value=\"{value}\""),
            format!("value=\"{period}\""),
            "<option value=\"AT_LEAST\" selected>".to_owned(),
            "counted again".to_owned(),
        ] {
            assert!(refused.text().contains(&kept), "{kept}: {}", refused.text());
        }
    }
    assert_eq!(
        stands(&door, &secret, &proposal).await,
        ("OPEN".to_owned(), 36.0)
    );
    let done = curator.fill(&address, "", &typed("1 042", "2019")).await;
    assert_eq!(done.status, 303, "{}", done.text());
    assert_eq!(
        stands(&door, &secret, &proposal).await,
        ("AMENDED".to_owned(), 1042.0)
    );
    let query = "query N { headline(indicator: \"call_centres\", territory: \"03.231\") { observation { key qualifier note } } }";
    let figure = run(&door, &secret, query, json!({})).await["headline"]["observation"].take();
    assert_eq!(
        figure,
        json!({ "key": "call_centres.03.231.2019.journaleco_2020", "qualifier": "AT_LEAST", "note": "ce qu'on en dit" })
    );
}

#[tokio::test]
async fn a_text_without_a_figure_is_accepted_with_whatever_fact_it_states() {
    let (door, database) = opened().await;
    let secret = key(&database, 1, "curate").await;
    let query = "mutation C($input: CorrectInput!) { correct(input: $input) { proposals { key action } userErrors { message } } }";
    let input = json!({ "text": "Atlas Contact est un nouveau centre à Fès.", "url": "https://journal.example.ma/atlas" });
    let made = run(&door, &secret, query, json!({ "input": input })).await;
    assert_eq!(made["correct"]["proposals"][0]["action"], "READ", "{made}");
    let proposal = made["correct"]["proposals"][0]["key"].as_str().unwrap();
    let curator = Curator::enter(&door, &secret).await;
    let page = curator
        .get(&format!("/desk/proposals/{proposal}?lang=en"))
        .await;
    assert!(
        page.text().contains("Atlas Contact est un nouveau centre")
            && !page.text().contains("/accept?"),
        "{}",
        page.text()
    );
    let address = format!("/desk/proposals/{proposal}/amend?lang=en&kind=organisation");
    let fields = [
        ("name", "Atlas Contact"),
        ("kind", "COMPANY"),
        ("aliases", "Atlas\r\n\r\nA. Contact\r\n"),
        ("reason", "read"),
    ];
    let page = curator.get(&address).await;
    let hidden: Vec<_> = ["token", "once", "version"]
        .iter()
        .map(|name| (*name, hidden(page.text(), name)))
        .collect();
    let mut sent = vec![("fact", "organisation")];
    sent.extend(hidden.iter().map(|(name, value)| (*name, value.as_str())));
    sent.extend(fields);
    let done = curator
        .send(&format!("/desk/proposals/{proposal}/amend?lang=en"), &sent)
        .await;
    assert_eq!(done.status, 303, "{}", done.text());
    let query =
        "query O { organisation(key: \"atlas_contact\") { name aliases kind source { url } } }";
    let organisation = run(&door, &secret, query, json!({})).await["organisation"].take();
    assert_eq!(
        organisation,
        json!({ "name": "Atlas Contact", "aliases": ["Atlas", "A. Contact"], "kind": "COMPANY", "source": { "url": "https://journal.example.ma/atlas" } })
    );
}

#[tokio::test]
async fn contradictions_are_shown_with_the_rule_that_picks_one() {
    let (door, database) = opened().await;
    let secret = key(&database, 1, "curate").await;
    let curator = Curator::enter(&door, &secret).await;
    for language in ["fr", "en", "ar"] {
        let page = curator
            .get(&format!("/desk/conflicts?lang={language}"))
            .await;
        assert_eq!(page.status, 200, "{}", page.text());
        assert!(
            page.text().matches("class=\"conflict\"").count() > 1,
            "{}",
            page.text()
        );
    }
    let page = curator.get("/desk/conflicts?lang=en").await;
    assert!(
        page.text().contains("This figure leads because:"),
        "{}",
        page.text()
    );
    let query = "query C { conflicts { totalCount nodes { leading { indicator { key } } } } }";
    let all = run(&door, &secret, query, json!({})).await["conflicts"].take();
    let indicator = all["nodes"][0]["leading"]["indicator"]["key"]
        .as_str()
        .unwrap();
    let one = curator
        .get(&format!("/desk/conflicts?lang=en&indicator={indicator}"))
        .await;
    let shown = one.text().matches("class=\"conflict\"").count();
    assert!(shown >= 1 && (shown as i64) < all["totalCount"].as_i64().unwrap());
}
