// A small program over the types that graphql-codegen writes. Each `@ts-expect-error` is a mistake that the types must catch.

import type { ResultOf, TypedDocumentNode, VariablesOf } from '@graphql-typed-document-node/core'
import { print } from 'graphql'
import { type FragmentType, graphql, useFragment } from './generated/shipped/index.js'
import type { AskQuery, ObservationFilter, Qualifier } from './generated/shipped/graphql.js'
import type { DateTime, ReferencePeriod } from './scalars.js'

/** Sends a document with the variables it needs, and gives its data back with their type. */
export async function ask<Data, Variables>(
  address: string,
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: print(document), variables }),
  })
  const { data, errors } = (await response.json()) as { data?: Data; errors?: { message: string }[] }
  if (!data) throw new Error(errors?.[0]?.message ?? 'no answer')
  return data
}

const Cited = graphql(`
  fragment Cited on Observation {
    value
    qualifier
    period
    recordedAt
    source {
      publisher
      publishedOn
    }
  }
`)

const Communes = graphql(`
  query Communes($filter: ObservationFilter!, $after: String) {
    observations(filter: $filter, first: 20, after: $after, orderBy: [{ field: VALUE, direction: DESC }]) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        territory {
          name(locale: AR)
        }
        ...Cited
      }
    }
  }
`)

const filter: ObservationFilter = {
  indicator: { eq: 'hcp_businesses' },
  territory: { within: '03', level: 'COMMUNE' },
  period: { eq: '2024', gte: '2024-Q1' },
  qualifier: ['EXACT', 'AT_LEAST'],
}

/** A figure as a person reads it; a target is never told as a fact. */
export function sentence(reference: FragmentType<typeof Cited>): string {
  const cited = useFragment(Cited, reference)
  const signs: Record<Qualifier, string> = { EXACT: '', APPROXIMATE: '~', AT_LEAST: '≥', AT_MOST: '≤', TARGET: '→' }
  const period: ReferencePeriod | null | undefined = cited.period
  const recorded: DateTime = cited.recordedAt
  return `${signs[cited.qualifier]}${cited.value.toFixed(1)} (${period ?? 'undated'}, ${cited.source.publisher}, ${recorded})`
}

export async function communes(address: string): Promise<string[]> {
  const { observations } = await ask(address, Communes, { filter })
  return observations.nodes.map((node) => `${node.territory?.name ?? 'the world'}: ${sentence(node)}`)
}

/** An interface is told apart by the fields of each type. */
export function subjects(answer: AskQuery): string[] {
  return answer.ask.items.map((item) => item.node?.id ?? item.key)
}

type Variables = VariablesOf<typeof Communes>
type Page = ResultOf<typeof Communes>['observations']

// @ts-expect-error a required variable is missing
export const withoutFilter: Variables = {}

// @ts-expect-error no such level
export const wrongLevel: Variables = { filter: { territory: { level: 'PLANET' } } }

// @ts-expect-error not a reference period
export const wrongPeriod: Variables = { filter: { period: { eq: 'last year' } } }

// @ts-expect-error no such filter
export const wrongFilter: Variables = { filter: { colour: { eq: 'red' } } }

// @ts-expect-error what a fragment reads is hidden from who only passes it on
export const hidden = (page: Page) => page.nodes[0]?.value

// @ts-expect-error a territory may be null
export const unsure = (page: Page): string => page.nodes.map((node) => node.territory.name).join()
