with range as (
  select report_from(:#${header.since}) as began_at, report_to(:#${header.until}) as ended_at
), found as materialized (
  select meetings.* from meetings, range where started_at >= range.began_at and started_at < range.ended_at
), days as (
  select date::date as day, count(meeting_id) as meetings, coalesce(sum(joins), 0) as joins,
    coalesce(round(extract(epoch from sum(time_present))), 0) as seconds_present
  from range, generate_series(local_time(began_at), local_time(ended_at) - interval '1 day', interval '1 day') date
  left join found on found.day = date::date
  group by date
), rooms as (
  select coalesce(correlator, 'meeting ' || meeting_id) as room_key, (array_agg(name order by started_at desc))[1] as room,
    count(*) as meetings, round(extract(epoch from sum(duration))) as seconds, max(peak) as peak
  from found group by room_key order by seconds desc limit 8
)
select json_build_object(
  'zone', current_setting('TimeZone'),
  'since', local_time(began_at)::date, 'until', local_time(ended_at)::date - 1,
  'meetings', (select count(*) from found), 'running', (select count(*) from found where running),
  'people', (select count(distinct person) from attendance a join found using (meeting_id)),
  'seconds_present', (select coalesce(round(extract(epoch from sum(time_present))), 0) from found),
  'peak', (select coalesce(max(peak), 0) from found),
  'recorded', (select count(*) from found where recorded),
  'days', (select coalesce(json_agg(days order by day), '[]') from days),
  'rooms', (select coalesce(json_agg(rooms order by seconds desc), '[]') from rooms),
  'latest', (select coalesce(json_agg(l order by started desc), '[]') from (
    select meeting_id, name, epoch_millis(started_at) as started, started_estimated, epoch_millis(ended_at) as ended, ended_estimated,
      round(extract(epoch from duration)) as seconds, people, peak, recorded, streamed
    from found order by started_at desc limit 200) l)
)::text
from range
