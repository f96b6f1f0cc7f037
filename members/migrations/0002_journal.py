"""The journal of touched records, which triggers fill, and how numbers are compared."""

from django.db import migrations

# Entries older than a day go, now and then, with a writing that is under way anyway; those that
# another transaction is taking away are left to it.
JOURNAL_SQL = """
CREATE TABLE public.cecop_journal (
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  source text NOT NULL,
  key bigint,
  written_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX cecop_journal_xid ON public.cecop_journal (xid);
CREATE INDEX cecop_journal_written_at ON public.cecop_journal USING brin (written_at);
CREATE FUNCTION public.cecop_journal_prune() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF random() < 0.01 THEN
    DELETE FROM public.cecop_journal WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM public.cecop_journal
       WHERE written_at < clock_timestamp() - interval '1 day'
         FOR UPDATE SKIP LOCKED));
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER cecop_journal_prune AFTER INSERT ON public.cecop_journal
  FOR EACH STATEMENT EXECUTE FUNCTION public.cecop_journal_prune();
"""
REVERSE_SQL = "DROP TABLE public.cecop_journal; DROP FUNCTION public.cecop_journal_prune();"
CODE_SQL = """
CREATE FUNCTION public.cecop_code(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT upper(regexp_replace(value, '[^[:alnum:]]+', '', 'g'))
$$
"""


class Migration(migrations.Migration):
    dependencies = [("members", "0001_initial")]

    operations = [
        migrations.RunSQL(JOURNAL_SQL, REVERSE_SQL),
        migrations.RunSQL(CODE_SQL, "DROP FUNCTION public.cecop_code(text)"),
    ]
