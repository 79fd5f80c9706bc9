select meeting_id, csv_text(meeting) as meeting, kind, csv_time(started_at) as started_at, started_estimated,
  csv_time(ended_at) as ended_at, ended_estimated, round(extract(epoch from duration)) as seconds
from recordings
where started_at >= report_from(:#${header.since}) and started_at < report_to(:#${header.until})
order by started_at, recording_id
