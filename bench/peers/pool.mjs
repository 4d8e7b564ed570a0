// How many connections each process of a peer may have to the database: as many as Bab.
export const POOL = 8
