//! What an assistant meets: who we are, what there is, and one call handled.

use std::{
    collections::hash_map::RandomState,
    hash::BuildHasher,
    net::Ipv4Addr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use graphql::{Service, Visitor};
use poem::http::request::Parts;
use rmcp::{
    ErrorData, RoleServer, ServerHandler,
    model::{
        CallToolRequestParams, CallToolResponse, CustomRequest, CustomResult, ErrorCode,
        Implementation, ListResourcesResult, ListToolsResult, PaginatedRequestParams,
        ReadResourceRequestParams, ReadResourceResponse, ServerCapabilities, ServerConfig, Tool,
    },
    service::RequestContext,
};

use crate::{call::Caller, resource, tool};

/// What a model reads before anything else.
const INSTRUCTIONS: &str = include_str!("instructions.md");

/// Cheap to clone; one for all conversations.
#[derive(Clone)]
pub struct Door(Arc<Inner>);

struct Inner {
    service: Service,
    tools: Vec<Tool>,
    process: u64,
    serial: AtomicU64,
}

impl Door {
    pub fn new(service: Service) -> Self {
        Self(Arc::new(Inner {
            service,
            tools: tool::all(),
            process: RandomState::new().hash_one("request ids"),
            serial: AtomicU64::new(1),
        }))
    }

    /// Whoever started us over standard input and output; over HTTP, whoever the endpoint saw.
    fn caller(&self, context: &RequestContext<RoleServer>) -> Caller {
        let Some(parts) = context.extensions.get::<Parts>() else {
            return self.named(Visitor::Operator);
        };
        let seen = parts.extensions.get::<Caller>().cloned();
        seen.unwrap_or_else(|| self.named(Visitor::Address(Ipv4Addr::UNSPECIFIED.into())))
    }

    fn named(&self, visitor: Visitor) -> Caller {
        let number = self.0.serial.fetch_add(1, Ordering::Relaxed);
        Caller {
            request_id: format!("{:016x}-{number:x}", self.0.process),
            visitor,
            key: None,
        }
    }
}

impl ServerHandler for Door {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder()
            .enable_tools()
            .enable_resources()
            .build();
        let us = Implementation::new("bab", env!("CARGO_PKG_VERSION"))
            .with_title("Bab: the offshoring ecosystem of Fès-Meknès")
            .with_description(
                "Sourced figures, organisations, parks, projects, agreements and plans",
            );
        ServerConfig::new(capabilities)
            .with_server_info(us)
            .with_instructions(INSTRUCTIONS)
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        self.0.tools.iter().find(|tool| tool.name == name).cloned()
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(self.0.tools.clone()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let caller = self.caller(&context);
        let arguments = request.arguments.unwrap_or_default();
        let called = tool::call(&self.0.service, &caller, &request.name, arguments);
        // What is dropped is not computed further, and its SQL is let go.
        let result = tokio::select! {
            result = called => result,
            () = context.ct.cancelled() => return Err(ErrorData::internal_error("cancelled", None)),
        };
        result
            .map(CallToolResponse::from)
            .ok_or_else(|| ErrorData::invalid_params(tool::NONE_SUCH, None))
    }

    async fn list_resources(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        Ok(ListResourcesResult::with_all_items(resource::all()))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        resource::read(&request.uri)
            .map(ReadResourceResponse::from)
            .ok_or_else(|| ErrorData::resource_not_found(resource::NONE_SUCH, None))
    }

    /// Where requests end up that the SDK knows by name but cannot read.
    async fn on_custom_request(
        &self,
        request: CustomRequest,
        _: RequestContext<RoleServer>,
    ) -> Result<CustomResult, ErrorData> {
        Err(match request.method.as_str() {
            "tools/call" => ErrorData::invalid_params(
                "params of tools/call are { name: string, arguments: object }",
                None,
            ),
            "resources/read" => {
                ErrorData::invalid_params("params of resources/read are { uri: string }", None)
            }
            _ => ErrorData::new(
                ErrorCode::METHOD_NOT_FOUND,
                "there are initialize, ping, tools/list, tools/call, resources/list and resources/read",
                None,
            ),
        })
    }
}
