-- Finds ids by a part of them: every three characters. Where the database has no such extension,
-- or the user may not create it, a search by a part looks through the ids instead.

do $$
declare
  place text;
begin
  begin
    create extension if not exists pg_trgm;
  exception when others then
    null;
  end;
  select n.nspname into place
    from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm';
  if place is not null then
    execute format(
      'create index ended_test_text on ended_test using gin (id %I.gin_trgm_ops)', place);
  end if;
end
$$;
