-- Four weeks of made-up meetings before today, so that the report of a new embedded database shows more than the last minutes.

create function pg_temp.dice(text, sides integer) returns integer language sql immutable as $$
  select abs(hashtext($1)) % sides
$$;

-- The correlator of the simulated room of this name: a UUID of its MD5, of version 3.
create function pg_temp.correlator(text) returns text language sql immutable as $$
  select overlay(overlay(md5($1) placing '3' from 13)
    placing substr('89ab', 1 + (('x' || substr(md5($1), 17, 1))::bit(4)::integer & 3), 1) from 17)::uuid::text
$$;

insert into meeting (correlator, name, call_type, started_at, started_estimated, ended_at)
select pg_temp.correlator(room), room, 'coSpace', started_at, false, started_at + make_interval(mins => minutes)
from (
  select room, date + make_interval(hours => hour, mins => pg_temp.dice(room || date, 4) * 15) as started_at,
    length + pg_temp.dice(date || room, length / 3) as minutes
  from generate_series(date_trunc('day', now()) - interval '28 days', now() - interval '1 day', interval '1 day') date,
    (values ('All hands', 15, 45, 10), ('Board meeting', 9, 90, 8), ('Design review', 13, 50, 3), ('Interview', 11, 40, 3),
      ('Sales weekly', 10, 30, 4), ('Support desk', 8, 120, 2), ('Town planning', 14, 60, 5)) as rooms (room, hour, length, rare)
  where extract(isodow from date) < 6 and pg_temp.dice('held' || room || date, rare) < 2) planned
order by started_at;

insert into bridge_call (guid, server, meeting_id, started_at, started_estimated, ended_at, end_reason, closed_at)
select md5('call ' || meeting_id)::uuid::text, 'cms' || 1 + pg_temp.dice('bridge' || meeting_id, 3) || '.example.com:443',
  meeting_id, started_at, false, ended_at, 'allLeft', ended_at
from meeting;

insert into participant (meeting_id, guid, name, uri, direction, appeared_at, joined_at, left_at, left_reason, closed_at)
select meeting_id, md5('participant ' || meeting_id || who || part)::uuid::text, who, lower(who) || '@example.com', 'incoming',
  joined_at, joined_at, left_at, 'clientInitiated', left_at
from (
  select m.meeting_id, who, part,
    m.started_at + (m.ended_at - m.started_at) * (part * 0.5 + pg_temp.dice('in' || m.meeting_id || who, 15) / 100.0) as joined_at,
    m.ended_at - (m.ended_at - m.started_at) * ((parts - 1 - part) * 0.55 + pg_temp.dice('out' || m.meeting_id || who, 20) / 100.0)
      as left_at
  from meeting m,
    unnest(array['Ada', 'Bo', 'Chidi', 'Dana', 'Emre', 'Fatima', 'Hana', 'Ines', 'Jun', 'Kofi', 'Lea', 'Olga', 'Priya', 'Rosa', 'Sven',
      'Tariq']) who,
    lateral (select case when pg_temp.dice('again' || m.meeting_id || who, 6) = 0 then 2 else 1 end as parts) p,
    lateral generate_series(0, parts - 1) part
  where pg_temp.dice(who || m.meeting_id, 16) < case m.name when 'All hands' then 15 when 'Interview' then 3 else 7 end) present;

insert into recording (meeting_id, kind, started_at, started_estimated, ended_at, closed_at)
select meeting_id, case name when 'All hands' then 'streaming' else 'recording' end, started_at + interval '2 minutes', false,
  ended_at - interval '1 minute', ended_at
from meeting where name in ('All hands', 'Board meeting') or pg_temp.dice('recorded' || meeting_id, 5) = 0;
