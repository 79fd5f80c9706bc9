-- The views to query. Days are those of the time zone ${timeZone} (the property history.time.zone); times stay timestamptz.
-- A change of this file or of the time zone makes the views anew at the next start. Grants on them are lost then, unless they come from
-- "alter default privileges".

drop view if exists meetings, attendance, attendance_by_person, peak_participants, recordings, rooms, meetings_per_room_and_day,
  participants_over_time, outages cascade;

-- Fails here, at the start, for a time zone that PostgreSQL does not know.
select now() at time zone '${timeZone}';

create or replace function local_time(timestamptz) returns timestamp language sql stable as $$
  select $1 at time zone '${timeZone}'
$$;
comment on function local_time is 'The time of day in the time zone of the reports.';

create view attendance as
select p.participant_id, p.meeting_id, m.name as meeting, m.correlator, p.person, p.name, p.uri, p.direction,
  local_time(p.joined_at)::date as day, p.joined_at, p.joined_estimated, p.left_at, p.left_estimated, p.left_reason,
  coalesce(p.left_at, now()) - p.joined_at as duration
from participant p join meeting m using (meeting_id)
where p.joined_at is not null and not p.is_device;
comment on view attendance is 'Each stay of a participant in a meeting. A person who joined twice has two rows; see attendance_by_person for one.';
comment on column attendance.meeting_id is 'The meeting; see the view meetings.';
comment on column attendance.meeting is 'The name of the meeting.';
comment on column attendance.correlator is 'Of a room: what all its meetings have in common.';
comment on column attendance.person is 'The same for all joins of a person: the address in lower case, without one the name.';
comment on column attendance.day is 'The local date of the join.';
comment on column attendance.joined_estimated is 'True: joined at joined_at or before.';
comment on column attendance.left_at is 'Null while present.';
comment on column attendance.left_estimated is 'True: left_at is when the participant was last known to be present, or the leaving was reported late.';
comment on column attendance.left_reason is 'As the server gave it, such as clientInitiated; callEnded when the end of the meeting ended it. Null where unknown.';
comment on column attendance.duration is 'Time in the meeting; so far, while present.';

create view attendance_by_person as
select meeting_id, meeting, correlator, person,
  (array_agg(name order by joined_at desc) filter (where name is not null))[1] as name,
  (array_agg(uri order by joined_at desc) filter (where uri is not null))[1] as uri,
  min(joined_at) as first_joined_at, case when count(*) = count(left_at) then max(left_at) end as last_left_at,
  count(*) as joins,
  (select sum(upper(r) - lower(r)) from unnest(range_agg(tstzrange(joined_at, coalesce(left_at, now()), '[]'))) r) as duration,
  bool_or(joined_estimated or left_estimated) as estimated
from attendance
group by meeting_id, meeting, correlator, person;
comment on view attendance_by_person is 'Who attended which meeting, and for how long: one row for each person in each meeting, however often the person joined.';
comment on column attendance_by_person.name is 'The display name at the last join.';
comment on column attendance_by_person.last_left_at is 'Null while the person is present.';
comment on column attendance_by_person.joins is 'How often the person joined.';
comment on column attendance_by_person.duration is 'Time in the meeting over all joins. Time with two devices at once counts once.';
comment on column attendance_by_person.estimated is 'Whether a join or a leaving was not observed, so that the duration is not exact.';

create view participants_over_time as
select meeting_id, at, sum(sum(change)) over (partition by meeting_id order by at)::integer as participants
from (
  select meeting_id, joined_at as at, 1 as change from attendance
  union all
  select meeting_id, left_at, -1 from attendance where left_at is not null) changes
group by meeting_id, at;
comment on view participants_over_time is 'How many were in a meeting from each time on when that changed.';
comment on column participants_over_time.participants is 'Participants from this time on. A person with two devices counts twice.';

create view peak_participants as
select distinct on (meeting_id) m.meeting_id, m.name as meeting, m.started_at, coalesce(t.participants, 0) as peak, t.at as peak_at
from meeting m left join participants_over_time t using (meeting_id)
order by meeting_id, t.participants desc nulls last, t.at;
comment on view peak_participants is 'The most participants that each meeting had at once, and since when it first had them.';

create view recordings as
select r.recording_id, r.meeting_id, m.name as meeting, m.correlator, r.kind, local_time(r.started_at)::date as day,
  r.started_at, r.started_estimated, r.ended_at, r.ended_estimated, coalesce(r.ended_at, now()) - r.started_at as duration
from recording r join meeting m using (meeting_id);
comment on view recordings is 'Each time a meeting was recorded or streamed.';
comment on column recordings.kind is 'recording (by the server''s recorder), endpointRecording (by an endpoint in the meeting) or streaming.';
comment on column recordings.day is 'The local date of the start.';
comment on column recordings.ended_at is 'Null while it runs.';
comment on column recordings.duration is 'So far, while it runs.';

create view meetings as
select m.meeting_id, m.name, m.call_type, m.correlator, local_time(m.started_at)::date as day,
  m.started_at, m.started_estimated, m.ended_at, m.ended_estimated, m.ended_at is null as running,
  coalesce(m.ended_at, now()) - m.started_at as duration,
  a.people, a.joins, coalesce(a.time_present, interval '0') as time_present, coalesce(t.peak, 0) as peak,
  exists (select from recording r where r.meeting_id = m.meeting_id and r.kind <> 'streaming') as recorded,
  exists (select from recording r where r.meeting_id = m.meeting_id and r.kind = 'streaming') as streamed,
  (select array_agg(distinct k.server order by k.server) from bridge_call k where k.meeting_id = m.meeting_id) as servers
from meeting m
left join lateral (
  select count(distinct person) as people, count(*) as joins, sum(duration) as time_present from attendance a
  where a.meeting_id = m.meeting_id) a on true
left join lateral (
  select max(participants) as peak from participants_over_time t where t.meeting_id = m.meeting_id) t on true;
comment on view meetings is 'Each meeting with its figures.';
comment on column meetings.day is 'The local date of the start.';
comment on column meetings.ended_at is 'Null while the meeting runs.';
comment on column meetings.running is 'Whether the meeting still runs.';
comment on column meetings.duration is 'So far, while the meeting runs.';
comment on column meetings.people is 'How many different persons were in the meeting.';
comment on column meetings.joins is 'The number of joins.';
comment on column meetings.time_present is 'The time of all joins together.';
comment on column meetings.peak is 'The most participants at once.';
comment on column meetings.recorded is 'Whether the meeting was recorded at some time, by the server or by an endpoint.';
comment on column meetings.streamed is 'Whether the meeting was streamed at some time.';
comment on column meetings.servers is 'The Call Bridges that took part, as host:port.';

create view rooms as
select distinct on (correlator) correlator, name as room,
  count(*) over w as meetings, min(started_at) over w as first_used_at, max(started_at) over w as last_used_at
from meeting where call_type = 'coSpace' and correlator is not null
window w as (partition by correlator)
order by correlator, started_at desc;
comment on view rooms is 'Each room (coSpace) that was in use.';
comment on column rooms.room is 'Its name at its last meeting.';
comment on column rooms.last_used_at is 'The start of its last meeting.';

create view meetings_per_room_and_day as
select day, correlator, (array_agg(name order by started_at desc))[1] as room, count(*) as meetings, sum(duration) as time_in_use,
  max(duration) as longest, sum(joins)::bigint as joins, sum(time_present) as time_present, max(peak) as peak
from meetings where call_type = 'coSpace' and correlator is not null
group by day, correlator;
comment on view meetings_per_room_and_day is 'The use of each room (coSpace) on each local day. A meeting counts on the day of its start.';
comment on column meetings_per_room_and_day.time_in_use is 'The durations of the meetings together.';
comment on column meetings_per_room_and_day.longest is 'The duration of the longest meeting.';
comment on column meetings_per_room_and_day.time_present is 'The time of all participants together.';
comment on column meetings_per_room_and_day.peak is 'The most participants at once.';

create view outages as
select server, lower(gap) as began_at, upper(gap) as ended_at, coalesce(upper(gap), now()) - lower(gap) as duration
from (
  select o.server,
    unnest(tstzmultirange(tstzrange(min(o.began_at), null)) - range_agg(tstzrange(o.began_at,
      case when o.ended_at is not null then o.ended_at when is_alive(c) then null else greatest(o.began_at, c.last_seen_at) end,
      '[]'))) as gap
  from observation o join collector c using (collector_id)
  group by o.server) gaps;
comment on view outages is
  'When no instance received the list of meetings of a Call Bridge, between its first observation and now. What came and went within is not in the history; the ends of what was gone afterwards are estimates.';
comment on column outages.server is 'The Call Bridge, as host:port.';
comment on column outages.ended_at is 'Null while it lasts.';
