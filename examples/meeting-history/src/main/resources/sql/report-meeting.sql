select json_build_object(
  'meeting_id', m.meeting_id, 'name', m.name, 'started', epoch_millis(started_at), 'started_estimated', started_estimated,
  'ended', epoch_millis(ended_at), 'ended_estimated', ended_estimated, 'now', epoch_millis(now()),
  'peak', m.peak, 'servers', m.servers,
  'people', (select coalesce(json_agg(p order by first_joined_at, name), '[]') from (
    select name, uri, joins, round(extract(epoch from duration)) as seconds, first_joined_at,
      (select json_agg(json_build_object('joined', epoch_millis(a.joined_at), 'joined_estimated', a.joined_estimated,
          'left', epoch_millis(a.left_at), 'left_estimated', a.left_estimated, 'reason', a.left_reason) order by a.joined_at)
        from attendance a where a.meeting_id = b.meeting_id and a.person = b.person) as times
    from attendance_by_person b where b.meeting_id = m.meeting_id) p),
  'recordings', (select coalesce(json_agg(json_build_object('kind', r.kind, 'started', epoch_millis(r.started_at),
      'ended', epoch_millis(r.ended_at), 'ended_estimated', r.ended_estimated) order by r.started_at), '[]')
    from recordings r where r.meeting_id = m.meeting_id)
)::text
from meetings m where m.meeting_id = cast(:#${header.meeting} as bigint)
