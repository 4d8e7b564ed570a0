-- For PostGraphile, which groups by columns: the totals of sites, each with its region and its province.
CREATE SCHEMA IF NOT EXISTS bench;
CREATE OR REPLACE VIEW bench.province_totals AS
  SELECT totals.count, totals.sum, region.key AS region, province.key AS province, province.name_fr AS name
  FROM territories AS region
  JOIN territories AS province ON province.parent_id = region.id AND province.level = 'province'
  JOIN territory_ancestors AS inside ON inside.ancestor_id = province.id
  JOIN site_totals AS totals ON totals.territory_id = inside.territory_id
  WHERE region.level = 'region'
  UNION ALL
  SELECT totals.count, totals.sum, region.key, NULL, NULL
  FROM territories AS region JOIN site_totals AS totals ON totals.territory_id = region.id
  WHERE region.level = 'region';
