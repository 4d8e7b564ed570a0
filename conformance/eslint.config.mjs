// Which rules of graphql-eslint the contract is held to: every one of `schema-all` and `schema-relay`. Each exception says why.

import graphql from '@graphql-eslint/eslint-plugin'
import { fileURLToPath } from 'node:url'

/** Types that are values or steps of an answer: nothing could be found again by an id of theirs. */
export const WITHOUT_ID = [
  // What `ask` says, and its parts: `reference` and `conversation` name it, for as long as they are of use.
  'Answer',
  'AnswerItem',
  'AnswerReport',
  'Operation',
  'Option',
  // Drawn anew from the data each time; `Chart.frame` asks for it again.
  'Chart',
  'ChartLegend',
  'ChartPoint',
  'ChartSeries',
  // What milestones come to, which have ids; and their statuses.
  'Progress',
  'ProgressPart',
  'ProgressStep',
  'RecordedMilestoneStatus',
  // How the data are, computed each time; an aged headline shows its observation, which has an id.
  'AgedHeadline',
  'ConceptCount',
  'DataHealth',
  'InvestorSheet',
  'PeriodHealth',
  'SheetEntry',
  // Views of observations, which have ids.
  'Figure',
  'Comparison',
  'ComparisonSide',
  'Headline',
  // Steps of looking after the data: two facts that may be one, a change of a fact, a fact that is known already. The facts have ids.
  'Duplicate',
  'HistoryEntry',
  'KnownFact',
  // What a file of facts comes to; the facts have ids.
  'ImportProblem',
  'ImportedTable',
  // Parts of a proposal, which has one.
  'ProposalSpan',
  'ProposalText',
  // Parts of a need, which has one; and a need as whoever filed it sees it, found by a receipt.
  'FiledIntroduction',
  'FiledNeed',
  'NeedContact',
  'NeedIntroduction',
  'NeedMatch',
  'NeedMatchReason',
  'NeedStep',
  // An address of the caller's own, found by its key; nobody else can ask for it.
  'Webhook',
  // What an article says: nothing of it is stored.
  'ExtractedAxis',
  'ExtractedFact',
  'ExtractedName',
  'ExtractedSpan',
  'Extraction',
  // Values that belong to the field they stand in.
  'Coordinates',
  'LocalisedText',
  'PageInfo',
  'SearchHit',
  'UserError',
  // Counts and sums of a list: the list and its filter name them.
  'FigureSummary',
  // What was known of a project at an instant.
  'RecordedStatus',
]

export default [
  {
    files: ['schema/*.graphql'],
    languageOptions: {
      parser: graphql.parser,
      parserOptions: {
        graphQLConfig: { schema: fileURLToPath(new URL('../schema/schema.graphql', import.meta.url)) },
      },
    },
    plugins: { '@graphql-eslint': graphql },
    rules: {
      ...graphql.configs['flat/schema-all'].rules,
      ...graphql.configs['flat/schema-relay'].rules,

      // Members are written sorted by name, `id` included, where the preset wants `id` first. So are types, but the directives and the
      // roots come after them.
      '@graphql-eslint/alphabetize': [
        'error',
        {
          definitions: false,
          fields: ['ObjectTypeDefinition', 'InterfaceTypeDefinition', 'InputObjectTypeDefinition'],
          values: true,
          arguments: ['FieldDefinition', 'Field', 'DirectiveDefinition', 'Directive'],
        },
      ],

      // The rule is for APIs that must not have mutations or subscriptions. This one has them.
      '@graphql-eslint/no-root-type': 'off',

      // Short lists that are always read whole (axes of an agreement, figures of an answer) are plain lists; what grows is a connection.
      // Edges do not implement Node, as Relay does not ask for it either. That their rows do, when they have an id, lint.mjs sees to.
      '@graphql-eslint/relay-edge-types': [
        'error',
        { withEdgeSuffix: true, shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false },
      ],

      // The date has no argument of its own on @deprecated in the specification, nor in what introspection tells; it stands in the
      // reason, and released.mjs holds it to three months.
      '@graphql-eslint/require-deprecation-date': 'off',

      // A mutation that changes a fact gives the fact as it is since; a report changes none. There is nothing else to read again in the
      // same request.
      '@graphql-eslint/require-field-of-type-query-in-mutation-result': 'off',

      // A list that has nothing is an empty page and an answer that knows nothing says so: these are never null, and clients need not ask
      // whether they are. What may be missing (the thing with a key or an id) is nullable. Making them nullable now would break typed
      // clients. The price: an error in one such root field takes the others of its request along.
      '@graphql-eslint/require-nullable-result-in-root': 'off',

      '@graphql-eslint/strict-id-in-types': [
        'error',
        { acceptedIdNames: ['id'], exceptions: { types: WITHOUT_ID, suffixes: ['Aggregate', 'Change', 'Connection', 'Distinct', 'Edge', 'Group', 'Groups', 'Key', 'Payload'] } },
      ],
    },
  },
]
