select meeting_id, csv_text(name) as meeting, call_type, correlator,
  csv_time(started_at) as started_at, started_estimated, csv_time(ended_at) as ended_at, ended_estimated,
  round(extract(epoch from duration)) as seconds, people, joins, round(extract(epoch from time_present)) as seconds_present, peak,
  recorded, streamed, array_to_string(servers, ' ') as servers
from meetings
where started_at >= report_from(:#${header.since}) and started_at < report_to(:#${header.until})
order by started_at, meeting_id
