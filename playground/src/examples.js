// The example queries in the order of their names, bundled as text: NAME.graphql, and NAME.variables.json where one needs
// variables.

const queries = import.meta.glob('../../schema/examples/*.graphql', { query: '?raw', import: 'default', eager: true })
const variables = import.meta.glob('../../schema/examples/*.variables.json', { query: '?raw', import: 'default', eager: true })

export const examples = Object.keys(queries)
  .sort()
  .map((path) => ({
    query: queries[path],
    variables: variables[path.replace(/\.graphql$/, '.variables.json')],
  }))
