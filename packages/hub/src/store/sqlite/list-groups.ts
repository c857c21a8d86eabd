import type { GroupSort } from '../group-store.ts'

const sortColumn: Readonly<Record<GroupSort, string>> = {
  count: 'range_count',
  last: 'last_seen_at',
  first: 'first_seen_at',
}

/**
 * The query of a page of groups. Each row has the number of all groups that match as `total`; when the page is
 * empty there is one row with only that.
 */
export function listGroupsSql(sort: GroupSort): string {
  const column = sortColumn[sort]
  return `
    WITH counted AS (
      SELECT c.group_id, total(c.count) AS range_count
      FROM group_counts c JOIN series s ON s.id = c.series_id
      WHERE c.step_ms = :stepMs AND c.at >= :from AND c.at < :to
        AND (:service IS NULL OR s.service = :service)
        AND (:environment IS NULL OR s.environment = :environment)
      GROUP BY c.group_id
    ), matching AS (
      SELECT g.*, counted.range_count FROM counted JOIN groups g ON g.id = counted.group_id
      WHERE (:severity IS NULL OR g.severity = :severity)
        AND (:category IS NULL OR g.category = :category OR substr(g.category, 1, length(:category) + 1) = :category || '/')
        AND (:text IS NULL OR g.name LIKE :text ESCAPE '\\' OR g.message LIKE :text ESCAPE '\\'
          OR g.culprit LIKE :text ESCAPE '\\' OR g.fingerprint LIKE :text ESCAPE '\\')
    ), page AS (
      SELECT * FROM matching
      WHERE :afterValue IS NULL OR ${column} < :afterValue OR (${column} = :afterValue AND id > :afterId)
      ORDER BY ${column} DESC, id LIMIT :limit
    )
    SELECT totals.total, page.* FROM (SELECT count(*) AS total FROM matching) totals LEFT JOIN page
    ORDER BY ${column} DESC, id`
}
