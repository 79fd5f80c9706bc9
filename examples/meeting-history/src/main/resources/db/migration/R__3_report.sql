-- What only the report page and its CSV files need.

create or replace function epoch_millis(timestamptz) returns bigint language sql immutable as $$
  select floor(extract(epoch from $1) * 1000)::bigint
$$;
comment on function epoch_millis is 'The time as scripts in a browser have it.';

create or replace function report_to(_until text) returns timestamptz language sql stable as $$
  select (coalesce(nullif(_until, '')::date, local_time(now())::date) + 1)::timestamp at time zone '${timeZone}'
$$;
comment on function report_to is 'The end of the last local day of a report; of today where none is given.';

create or replace function report_from(_since text) returns timestamptz language sql stable as $$
  select coalesce(nullif(_since, '')::date, local_time(now())::date - 29)::timestamp at time zone '${timeZone}'
$$;
comment on function report_from is 'The begin of the first local day of a report; 30 days with today where none is given.';

create or replace function csv_time(timestamptz) returns text language sql stable as $$
  select to_char(local_time($1), 'YYYY-MM-DD HH24:MI:SS')
$$;
comment on function csv_time is 'The local time as spreadsheets read it.';

create or replace function csv_text(text) returns text language sql immutable as $$
  select case when $1 ~ '^[[:space:]]*[-=+@\t\r\uff0b\uff0d\uff1d\uff20]' then '''' || $1 else $1 end
$$;
comment on function csv_text is
  'Text that a spreadsheet takes for no formula: an apostrophe before what begins as one. An address such as +41 44 123 gets one, too.';
