select meeting_id, csv_text(meeting) as meeting, csv_text(name) as name, csv_text(uri) as uri, direction,
  csv_time(joined_at) as joined_at, joined_estimated, csv_time(left_at) as left_at, left_estimated, csv_text(left_reason) as left_reason,
  round(extract(epoch from duration)) as seconds
from attendance
where joined_at >= report_from(:#${header.since}) and joined_at < report_to(:#${header.until})
order by joined_at, participant_id
