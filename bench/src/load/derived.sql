-- What is computed from the tables, for both databases alike; the one place where it is refreshed after loading.
DELETE FROM territory_ancestors;
INSERT INTO territory_ancestors (territory_id, ancestor_id, distance)
  WITH RECURSIVE up (id, ancestor_id, distance) AS (
    SELECT id, id, 0 FROM territories
    UNION ALL SELECT up.id, territories.parent_id, up.distance + 1 FROM up JOIN territories ON territories.id = up.ancestor_id
    WHERE territories.parent_id IS NOT NULL)
  SELECT id, ancestor_id, distance FROM up;
UPDATE territory_ancestors SET level = (
  SELECT ancestor.level FROM territories AS ancestor LEFT JOIN territories AS above ON above.id = ancestor.parent_id
  WHERE ancestor.id = territory_ancestors.ancestor_id AND (above.level IS NULL OR above.level <> ancestor.level));
DELETE FROM activity_ancestors;
INSERT INTO activity_ancestors (activity_id, ancestor_id, distance)
  WITH RECURSIVE up (id, ancestor_id, distance) AS (
    SELECT id, id, 0 FROM activities
    UNION ALL SELECT up.id, activities.parent_id, up.distance + 1 FROM up JOIN activities ON activities.id = up.ancestor_id
    WHERE activities.parent_id IS NOT NULL)
  SELECT id, ancestor_id, distance FROM up;
DELETE FROM site_totals;
INSERT INTO site_totals (territory_id, activity_id, count, sum, minimum, maximum, known, inexact, undated)
  SELECT sites.territory_id, sites.activity_id, COUNT(*), SUM(sites.headcount), MIN(sites.headcount), MAX(sites.headcount), COUNT(sites.headcount),
    COUNT(CASE WHEN sites.headcount IS NOT NULL AND (figure.qualifier <> 'exact' OR figure.value_max IS NOT NULL) THEN 1 END),
    COUNT(CASE WHEN sites.headcount IS NOT NULL AND figure.period IS NULL THEN 1 END)
  FROM sites LEFT JOIN observations AS figure ON figure.key = sites.headcount_observation AND figure.superseded_at IS NULL
  GROUP BY sites.territory_id, sites.activity_id;
