/** The packages that are published, each after those it is built on. */
export const publishedPackages: readonly string[] = ['breakwater', 'hub', 'cli']
