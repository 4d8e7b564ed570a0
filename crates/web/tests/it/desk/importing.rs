//! A file is looked at before it is taken in, and what is taken in is what was looked at.

use poem::http::Method;

use super::*;

fn events(second: &str) -> String {
    let row = |key: &str, name: &str| json!({ "table": "events", "key": key, "name_fr": name, "date": "2026-10-01", "territory_code": "03.231", "organiser_keys": [], "source_key": "journaleco_2020" });
    format!(
        "{}\n{}\n",
        row("salon_a", "Salon <b>A</b>"),
        row("salon_b", second)
    )
}

impl Curator<'_> {
    /// Sends a file as the form of the page does.
    async fn upload(&self, name: &str, content: &[u8]) -> Answer {
        let token = self.token().await;
        let mut body = format!("--x\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n{token}\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n").into_bytes();
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n--x--\r\n");
        let headers = [
            ("content-type", "multipart/form-data; boundary=x"),
            HERE,
            OWN,
            ("cookie", self.cookie.as_str()),
        ];
        self.door
            .request(Method::POST, "/desk/import?lang=en", body, &headers)
            .await
    }
}

async fn count(door: &Door, secret: &Secret) -> i64 {
    let data = run(door, secret, "query E { events { totalCount } }", json!({})).await;
    data["events"]["totalCount"].as_i64().unwrap()
}

#[tokio::test]
async fn a_file_is_tried_then_taken_in_as_it_was() {
    let (door, database) = opened().await;
    let secret = key(&database, 1, "curate").await;
    let curator = Curator::enter(&door, &secret).await;
    let before = count(&door, &secret).await;
    let sent = curator
        .upload("spring.jsonl", events("Salon B").as_bytes())
        .await;
    let page = curator.follow(&sent).await;
    assert_eq!(page.status, 200, "{}", page.text());
    for said in [
        "spring.jsonl",
        "salon_a",
        "Salon &#60;b&#62;A&#60;/b&#62;",
        "spring.jsonl, line 2",
        "<td class=\"number new\">2</td>",
        "Take this file in",
    ] {
        assert!(page.text().contains(said), "{said}: {}", page.text());
    }
    assert_eq!(
        count(&door, &secret).await,
        before,
        "nothing is written yet"
    );

    // Nobody else finds the file.
    let address = sent.header("location").to_owned();
    let other = Curator::enter(&door, &key(&database, 2, "curate").await).await;
    assert_eq!(other.get(&address).await.status, 404);

    // The data change in between: it is told, looked at anew, and the reason stays.
    let earlier = hidden(page.text(), "revision");
    let proposal = proposed(&door, &secret, 41.0).await;
    curator
        .fill(
            &format!("/desk/proposals/{proposal}?lang=en"),
            "/accept",
            &[("reason", "read")],
        )
        .await;
    let token = hidden(page.text(), "token");
    let path = address.split('?').next().unwrap();
    let fields = [
        ("token", token.as_str()),
        ("revision", &earlier),
        ("reason", "the organisers say so"),
        ("once", "one"),
    ];
    let moved = curator
        .send(&format!("{path}/apply?lang=en"), &fields)
        .await;
    assert_eq!(moved.status, 422, "{}", moved.text());
    assert!(
        moved.text().contains("Nothing was changed")
            && moved.text().contains("value=\"the organisers say so\""),
        "{}",
        moved.text()
    );
    assert_eq!(count(&door, &secret).await, before);
    let newer = hidden(moved.text(), "revision");
    assert_ne!(newer, earlier);

    let taken = curator
        .fill(&address, "/apply", &[("reason", "the organisers say so")])
        .await;
    assert_eq!(taken.status, 200, "{}", taken.text());
    assert!(
        taken.text().contains("The whole file was taken in")
            && !taken.text().contains("Take this file in"),
        "{}",
        taken.text()
    );
    assert_eq!(count(&door, &secret).await, before + 2);
    let again = curator.get(&address).await;
    assert!(
        again.text().contains("says what the database says already")
            && !again.text().contains("Take this file in"),
        "{}",
        again.text()
    );
    let audit = curator.get("/desk/audit?lang=en&fact=salon_b").await;
    assert!(
        audit.text().contains("the organisers say so"),
        "{}",
        audit.text()
    );
}

#[tokio::test]
async fn a_file_with_something_wrong_says_where_and_is_not_taken_in() {
    let (door, database) = opened().await;
    let secret = key(&database, 1, "curate").await;
    let curator = Curator::enter(&door, &secret).await;
    let before = count(&door, &secret).await;
    let row = |place: &str| {
        format!(
            "key,name_fr,date,territory_code,organiser_keys,source_key\nx,X <script>,2027-10-12,{place},,journaleco_2020\n"
        )
    };
    let sent = curator
        .upload("events.csv", row("<img src=x>").as_bytes())
        .await;
    let page = curator.follow(&sent).await;
    assert_eq!(page.status, 422, "{}", page.text());
    assert!(
        page.text().contains("2 · territory_code")
            && page.text().contains("&#60;img src=x&#62;")
            && !page.text().contains("Take this file in"),
        "{}",
        page.text()
    );
    // Sent all the same, it is refused.
    let path = sent
        .header("location")
        .split('?')
        .next()
        .unwrap()
        .to_owned();
    let token = curator.token().await;
    let forced = curator
        .send(
            &format!("{path}/apply?lang=en"),
            &[("token", &token), ("revision", "1"), ("reason", "r")],
        )
        .await;
    assert_eq!(forced.status, 422);
    for (name, content, status) in [
        ("events.csv", b"".to_vec(), 422),
        ("events.csv", vec![b'x'; (1 << 20) + 1], 422),
        ("events.csv", vec![b'x'; 3 << 20], 413),
        ("what.exe", b"MZ".to_vec(), 303),
        ("<script>alert(1)</script>.csv", row("03").into_bytes(), 303),
        ("facts.xlsx", b"PK\x03\x04broken".to_vec(), 303),
        ("events.csv", vec![0xff; 1000], 303),
        ("../../etc/passwd.csv", row("03").into_bytes(), 303),
    ] {
        let sent = curator.upload(name, &content).await;
        assert_eq!(sent.status.as_u16(), status, "{name}: {}", sent.text());
        if status == 303 {
            let page = curator.follow(&sent).await;
            assert_eq!(page.status, 422, "{name}: {}", page.text());
            assert!(
                !page.text().contains("<script>") && !page.text().contains("Take this file in"),
                "{}",
                page.text()
            );
        }
    }
    assert_eq!(count(&door, &secret).await, before);
}
