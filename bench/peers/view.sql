-- For PostGraphile, which groups by columns: the totals of sites, each with its region and its province.
CREATE SCHEMA IF NOT EXISTS bench;
CREATE OR REPLACE VIEW bench.province_totals AS
  SELECT totals.count, totals.sum, region.key AS region, province.key AS province, province.name_fr AS name
  FROM site_totals AS totals
  JOIN territory_ancestors AS above ON above.territory_id = totals.territory_id
  JOIN territories AS region ON region.id = above.ancestor_id AND region.level = 'region'
  LEFT JOIN (territory_ancestors AS between_ JOIN territories AS province ON province.id = between_.ancestor_id AND province.level = 'province')
    ON between_.territory_id = totals.territory_id;
