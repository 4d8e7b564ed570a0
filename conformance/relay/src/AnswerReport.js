// A mutation with errors for people in its payload.

import { graphql } from 'relay-runtime'

export const mutation = graphql`
  mutation AnswerReportMutation($input: ReportAnswerInput!) {
    reportAnswer(input: $input) {
      report {
        problem
        times
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`
