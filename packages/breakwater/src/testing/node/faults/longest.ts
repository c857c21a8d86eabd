/** What a duration of a fault may be at most: a day. For longer there is the black hole. */
export const longestMs = 86_400_000
