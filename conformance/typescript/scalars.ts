// What the scalars of the contract are in TypeScript.

/** An instant in UTC: `2026-11-23T10:00:00Z`. */
export type DateTime = `${number}-${number}-${number}T${string}Z`

/** A date known to the year, the month or the day. */
export type PartialDate = `${number}` | `${number}-${number}` | `${number}-${number}-${number}`

/** A year, half-year, quarter, month, or several years. */
export type ReferencePeriod = `${number}` | `${number}-${'S' | 'Q' | ''}${number}` | `${number}/${number}`
