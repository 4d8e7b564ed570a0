// The playground: GraphiQL over this server's /graphql, with the example queries of schema/examples as its tabs.

import 'graphiql/setup-workers/vite'
import 'graphiql/style.css'
import './playground.css'

import { createGraphiQLFetcher } from '@graphiql/toolkit'
import { GraphiQL } from 'graphiql'
import { createRoot } from 'react-dom/client'

import { examples } from './examples.js'
import { openingTabs } from './opening.js'

const socket = new URL('/graphql', window.location.href.replace(/^http/, 'ws'))
const fetcher = createGraphiQLFetcher({ url: '/graphql', subscriptionUrl: socket.href })
const stored = window.localStorage.getItem('graphiql:tabState') !== null
const opening = openingTabs(new URLSearchParams(window.location.search), examples, stored)

createRoot(document.getElementById('graphiql')).render(
  <GraphiQL fetcher={fetcher} defaultEditorToolsVisibility="variables" {...opening}>
    <GraphiQL.Logo>
      <a href="/" className="bab-logo">Bab <span lang="ar" dir="rtl">باب</span></a>
    </GraphiQL.Logo>
  </GraphiQL>,
)
