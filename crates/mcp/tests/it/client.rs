//! The other side of a conversation: lines of JSON, with nothing between the test and the wire.

use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, DuplexStream, Lines, ReadHalf, WriteHalf},
    sync::oneshot,
    task::JoinHandle,
};

/// A client that has started a server.
pub struct Client {
    read: Lines<BufReader<ReadHalf<DuplexStream>>>,
    write: WriteHalf<DuplexStream>,
    serial: u64,
    stop: oneshot::Sender<()>,
    server: JoinHandle<Result<(), mcp::NoConversation>>,
}

impl Client {
    /// Nothing is said yet.
    pub fn start(service: graphql::Service) -> Self {
        let (ours, theirs) = tokio::io::duplex(64 * 1024);
        let (stop, stopped) = oneshot::channel();
        let server = tokio::spawn(async move {
            let stop = async {
                let _ = stopped.await;
            };
            mcp::serve(service, tokio::io::split(theirs), stop).await
        });
        let (read, write) = tokio::io::split(ours);
        Self {
            read: BufReader::new(read).lines(),
            write,
            serial: 0,
            stop,
            server,
        }
    }

    /// Greeted, and ready for tools.
    pub async fn greeted() -> Self {
        Self::greeted_over(testkit::service().await).await
    }

    pub async fn greeted_over(service: graphql::Service) -> Self {
        let mut client = Self::start(service);
        client.request("initialize", greeting("2025-11-25")).await;
        client
            .send(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }).to_string())
            .await;
        client
    }

    /// One line, whatever it is.
    pub async fn send(&mut self, line: &str) {
        self.write.write_all(line.as_bytes()).await.unwrap();
        self.write.write_all(b"\n").await.unwrap();
    }

    /// The next message.
    pub async fn receive(&mut self) -> Value {
        let line = self.read.next_line().await.unwrap();
        serde_json::from_str(&line.expect("the server goes on")).unwrap()
    }

    /// Sends a request and gives its number.
    pub async fn begin(&mut self, method: &str, params: Value) -> u64 {
        self.serial += 1;
        let message =
            json!({ "jsonrpc": "2.0", "id": self.serial, "method": method, "params": params });
        self.send(&message.to_string()).await;
        self.serial
    }

    /// A request, and the whole answer.
    pub async fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.begin(method, params).await;
        let answer = self.receive().await;
        assert_eq!(answer["id"], id, "{answer}");
        answer
    }

    /// Calls a tool; the result, which may be an error of the tool.
    pub async fn call(&mut self, tool: &str, arguments: Value) -> Value {
        let params = json!({ "name": tool, "arguments": arguments });
        let answer = self.request("tools/call", params).await;
        let result = answer["result"].clone();
        assert!(result.is_object(), "{answer}");
        result
    }

    /// Calls a tool that must answer; what is in it for programs.
    pub async fn given(&mut self, tool: &str, arguments: Value) -> Value {
        let result = self.call(tool, arguments).await;
        assert_eq!(result["isError"], false, "{result}");
        result["structuredContent"].clone()
    }

    /// Calls a tool that must refuse; what it says.
    pub async fn refused(&mut self, tool: &str, arguments: Value) -> String {
        let result = self.call(tool, arguments).await;
        assert_eq!(result["isError"], true, "{result}");
        text(&result).to_owned()
    }

    /// Closes the stream; how the server ended.
    pub async fn leave(self) -> Result<(), mcp::NoConversation> {
        drop((self.read, self.write));
        self.server.await.unwrap()
    }

    /// Tells the server to stop while the stream is open; how it ended.
    pub async fn stop(self) -> Result<(), mcp::NoConversation> {
        let _ = self.stop.send(());
        self.server.await.unwrap()
    }

    /// How the server ends by itself.
    pub async fn ended(self) -> Result<(), mcp::NoConversation> {
        self.server.await.unwrap()
    }
}

pub fn greeting(version: &str) -> Value {
    json!({
        "protocolVersion": version,
        "capabilities": {},
        "clientInfo": { "name": "test", "version": "1" },
    })
}

/// What a result says to a reader.
pub fn text(result: &Value) -> &str {
    result["content"][0]["text"].as_str().unwrap()
}
