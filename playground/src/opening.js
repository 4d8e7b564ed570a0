// What the editor opens with: the query of the address, else the tabs of the last visit, else the examples.

export function openingTabs(address, examples, stored) {
  const query = address.get('query')
  if (query) {
    const shared = { query, variables: address.get('variables') ?? undefined }
    return {
      defaultTabs: [shared, ...examples],
      initialQuery: shared.query,
      initialVariables: shared.variables,
    }
  }
  if (stored || examples.length === 0) return {}
  // The editors show `initialQuery` and `initialVariables`, not the first tab, when nothing was stored.
  return {
    defaultTabs: examples,
    initialQuery: examples[0].query,
    initialVariables: examples[0].variables,
  }
}
