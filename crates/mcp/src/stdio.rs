//! One conversation over two streams: standard input and output when a client starts us.

use std::future::Future;

use graphql::Service;
use rmcp::{
    service::{ServerInitializeError, serve_server},
    transport::{StdioReader, StdioWriter},
};
use tokio::io::{AsyncRead, AsyncWrite};

use crate::door::Door;

/// What came first was no greeting of the protocol.
#[derive(Debug, thiserror::Error)]
#[error(
    "the other side does not speak the Model Context Protocol: it did not begin with initialize or server/discover"
)]
pub struct NoConversation;

/// Standard input and output. Nothing else may be written there.
pub fn standard_streams() -> (StdioReader, StdioWriter) {
    rmcp::transport::stdio_pipes()
}

/// Answers until the other side closes the stream or `stop` resolves; what was begun is finished, for seconds at most.
pub async fn serve<R, W>(
    service: Service,
    (read, write): (R, W),
    stop: impl Future<Output = ()>,
) -> Result<(), NoConversation>
where
    R: AsyncRead + Send + Unpin + 'static,
    W: AsyncWrite + Send + Unpin + 'static,
{
    let mut stop = std::pin::pin!(stop);
    let greeted = tokio::select! {
        greeted = serve_server(Door::new(service), (read, write)) => greeted,
        () = &mut stop => return Ok(()),
    };
    let running = match greeted {
        Ok(running) => running,
        Err(ServerInitializeError::ConnectionClosed(_) | ServerInitializeError::Cancelled) => {
            return Ok(());
        }
        Err(_) => return Err(NoConversation),
    };
    let cancel = running.cancellation_token();
    let mut ended = std::pin::pin!(running.waiting());
    tokio::select! {
        _ = &mut ended => {}
        () = &mut stop => {
            cancel.cancel();
            let _ = ended.await;
        }
    }
    Ok(())
}
