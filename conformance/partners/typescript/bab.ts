// Sends a typed document to Bab, and tries again where that helps.

import type { TypedDocumentString } from './generated/graphql.js'

const ATTEMPTS = 4
const PASSING = ['RATE_LIMITED', 'INTERNAL_SERVER_ERROR']

type Failure = { message: string; extensions?: { code?: string; requestId?: string } }
type Answer<Data> = { data?: Data | null; errors?: Failure[] }

export class BabError extends Error {
  readonly code: string
  readonly requestId: string | undefined

  constructor({ message, extensions }: Failure) {
    super(message)
    this.code = extensions?.code ?? 'INTERNAL_SERVER_ERROR'
    this.requestId = extensions?.requestId
  }
}

export async function ask<Data, Variables>(document: TypedDocumentString<Data, Variables>, variables: Variables): Promise<Data> {
  for (let attempt = 1; ; attempt += 1) {
    const response = await fetch(`${process.env['BAB_URL']}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${process.env['BAB_KEY']}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query: document.toString(), variables }),
    })
    // What stands before the server answers with a page when the server does not.
    const { data, errors } = (await response.json().catch(() => ({}))) as Answer<Data>
    if (data && !errors) return data
    const error = new BabError(errors?.[0] ?? { message: `HTTP ${response.status}` })
    if (attempt === ATTEMPTS || !PASSING.includes(error.code)) throw error
    const seconds = Number(response.headers.get('retry-after')) || 2 ** attempt
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
  }
}
