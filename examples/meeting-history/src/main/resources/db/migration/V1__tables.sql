-- All times are timestamptz. A time that no instance observed, because none was running or connected, is an estimate and marked as such;
-- the comment of each column *_estimated says what the time means then.

create table collector (
  collector_id bigint generated always as identity primary key,
  instance text not null,
  started_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  beat_every interval not null check (beat_every > interval '0'),
  beats bigint not null default 0,
  resumed_beat bigint not null default 0
);
create index collector_last_seen_at on collector (last_seen_at);
comment on table collector is 'One row for each run of the application. Two rows whose times overlap are two instances that ran at once.';
comment on column collector.instance is 'The name of the instance: the property history.instance, or the name of its host.';
comment on column collector.last_seen_at is 'Its last heartbeat. When it is older than three times beat_every, the run has ended or can not reach the database.';
comment on column collector.beat_every is 'The time between heartbeats: the property history.heartbeat.';
comment on column collector.beats is 'The number of heartbeats.';
comment on column collector.resumed_beat is 'The number of the heartbeat that came late last, such as after an outage of the database; 0 for the start.';

create table observation (
  collector_id bigint not null references collector on delete cascade,
  server text not null,
  began_at timestamptz not null default now(),
  ended_at timestamptz,
  blind boolean not null,
  began_beat bigint not null,
  news_beat bigint not null,
  primary key (collector_id, server, began_at)
);
create unique index observation_now on observation (collector_id, server) where ended_at is null;
create index observation_server on observation (server, began_at);
comment on table observation is 'When which run of the application received the list of meetings of which Call Bridge. See the view outages for the times between.';
comment on column observation.server is 'The Call Bridge, as host:port.';
comment on column observation.ended_at is 'When the connection was lost. Null: it still lasts, or lasted until last_seen_at of the collector.';
comment on column observation.blind is 'Whether the bridge was unobserved by this run before, so that the start of a call in its first list is not known.';
comment on column observation.began_beat is 'The heartbeat of the collector at which it began.';
comment on column observation.news_beat is 'The heartbeat of the collector at which the first list grew last.';

create table meeting (
  meeting_id bigint generated always as identity primary key,
  correlator text,
  name text,
  call_type text,
  started_at timestamptz not null,
  started_estimated boolean not null,
  ended_at timestamptz check (ended_at >= started_at),
  ended_estimated boolean not null default false check (not ended_estimated or ended_at is not null)
);
create index meeting_started_at on meeting (started_at);
create index meeting_correlator on meeting (correlator, started_at);
create index meeting_open on meeting (correlator) where ended_at is null;
comment on table meeting is 'One row for each meeting, however many Call Bridges took part. A room (coSpace) has a new meeting each time when it comes into use.';
comment on column meeting.correlator is 'The callCorrelator. For a room it is permanent, so it identifies the room; for an ad hoc meeting it is its own. Null where the server has none.';
comment on column meeting.name is 'The name of the room or meeting, the last one that was not empty.';
comment on column meeting.call_type is 'coSpace (a room), adHoc, lyncConferencing or forwarding, as the server reports it.';
comment on column meeting.started_at is 'When its first Call Bridge reported it.';
comment on column meeting.started_estimated is 'True when it ran already when the history began or resumed to observe it: it started at started_at or before.';
comment on column meeting.ended_at is 'When its last Call Bridge ended it. Null while it runs.';
comment on column meeting.ended_estimated is 'True when ended_at is not exact: the end was not observed, and ended_at is when the meeting was last known to run; or the end was reported late, after an outage of the database.';

create table bridge_call (
  call_id bigint generated always as identity primary key,
  guid text not null,
  server text not null,
  meeting_id bigint not null references meeting on delete cascade,
  recording boolean not null default false,
  endpoint_recording boolean not null default false,
  streaming boolean not null default false,
  started_at timestamptz not null,
  started_estimated boolean not null,
  ended_at timestamptz check (ended_at >= started_at),
  ended_estimated boolean not null default false,
  end_reason text,
  ended_by bigint,
  closed_at timestamptz,
  confirmed_at timestamptz not null default now()
);
create unique index bridge_call_open on bridge_call (guid) where ended_at is null;
create index bridge_call_guid on bridge_call (guid, call_id);
create index bridge_call_meeting on bridge_call (meeting_id);
create index bridge_call_server_open on bridge_call (server) where ended_at is null;
comment on table bridge_call is 'The part of one Call Bridge in a meeting. A meeting on three bridges has three.';
comment on column bridge_call.guid is 'The GUID of the call, which is the server''s own and lasts as long as the call.';
comment on column bridge_call.server is 'The Call Bridge, as host:port.';
comment on column bridge_call.recording is 'Whether the bridge reports the meeting as recorded now; false after the end. See the table recording for times.';
comment on column bridge_call.endpoint_recording is 'The same for a recording by an endpoint in the meeting.';
comment on column bridge_call.streaming is 'The same for a stream.';
comment on column bridge_call.started_estimated is 'As for meeting.';
comment on column bridge_call.ended_at is 'Null while it lasts.';
comment on column bridge_call.ended_estimated is 'As for meeting.';
comment on column bridge_call.end_reason is 'The reason that the bridge gave for the end of the call, such as allLeft.';
comment on column bridge_call.ended_by is 'The collector that received the end; null when the end was concluded.';
comment on column bridge_call.closed_at is 'When the end was stored.';
comment on column bridge_call.confirmed_at is 'When a collector last stored a report of it.';

create table participant (
  participant_id bigint generated always as identity primary key,
  meeting_id bigint not null references meeting on delete cascade,
  guid text not null,
  name text,
  uri text,
  direction text,
  appeared_at timestamptz not null,
  joined_at timestamptz check (joined_at >= appeared_at),
  joined_estimated boolean not null default false,
  left_at timestamptz check (left_at >= appeared_at and left_at >= joined_at),
  left_estimated boolean not null default false check (not left_estimated or left_at is not null),
  left_reason text,
  ended_by bigint,
  closed_at timestamptz,
  confirmed_at timestamptz not null default now(),
  person text generated always as (coalesce(nullif(lower(btrim(uri)), ''), nullif(lower(btrim(name)), ''), guid)) stored,
  is_device boolean generated always as
    (coalesce(uri, '') = '' and coalesce(direction, '') = 'outgoing' and coalesce(name, '') in ('recording', 'streaming')) stored
);
create unique index participant_open on participant (meeting_id, guid) where left_at is null;
create unique index participant_once on participant (meeting_id, guid, appeared_at);
create index participant_person on participant (person, joined_at);
create index participant_joined_at on participant (joined_at);
create index participant_guid on participant (guid);
comment on table participant is 'One row for each time a participant came to a meeting, or was called. See the views attendance and attendance_by_person.';
comment on column participant.guid is 'The GUID of the participant, the same on all Call Bridges. A person who joins again has another one.';
comment on column participant.name is 'The display name, the last one that was not empty.';
comment on column participant.uri is 'The address or number, the last one that was not empty. Null for many guests.';
comment on column participant.direction is 'incoming, or outgoing where the server called the participant.';
comment on column participant.appeared_at is 'When the participant was first reported, such as while an outgoing call still rings.';
comment on column participant.joined_at is 'When the participant was first reported as connected. Null: never connected, such as a call without answer.';
comment on column participant.joined_estimated is 'True when the join was not observed: the participant joined at joined_at or before.';
comment on column participant.left_at is 'When the participant left. Null while present.';
comment on column participant.left_estimated is 'True when left_at is not exact: the leaving was not observed, and left_at is when the participant was last known to be present; or the leaving was reported late, after an outage of the database.';
comment on column participant.left_reason is 'The reason that the server gave, such as clientInitiated or callEnded. Null where unknown.';
comment on column participant.ended_by is 'The collector that received the end; null when it was concluded, from the end of the meeting or after an outage.';
comment on column participant.closed_at is 'When the end was stored.';
comment on column participant.confirmed_at is 'When a collector last stored a report of the participant.';
comment on column participant.person is 'What the joins of the same person have in common: the address in lower case, without one the name, without both the GUID.';
comment on column participant.is_device is 'True for the recorder and the streamer, which servers list as participants. The views leave them out.';

create table recording (
  recording_id bigint generated always as identity primary key,
  meeting_id bigint not null references meeting on delete cascade,
  kind text not null check (kind in ('recording', 'endpointRecording', 'streaming')),
  started_at timestamptz not null,
  started_estimated boolean not null,
  ended_at timestamptz check (ended_at >= started_at),
  ended_estimated boolean not null default false check (not ended_estimated or ended_at is not null),
  ended_by bigint,
  closed_at timestamptz
);
create unique index recording_open on recording (meeting_id, kind) where ended_at is null;
create unique index recording_once on recording (meeting_id, kind, started_at);
create index recording_started_at on recording (started_at);
comment on table recording is 'One row for each time a meeting was recorded or streamed.';
comment on column recording.kind is 'recording (by the server''s recorder), endpointRecording (by an endpoint in the meeting) or streaming.';
comment on column recording.started_estimated is 'True when it ran already when the history began or resumed to observe it: it started at started_at or before.';
comment on column recording.ended_at is 'Null while it runs.';
comment on column recording.ended_estimated is 'True when ended_at is not exact: the end was not observed, and ended_at is when it was last known to run; or the end was reported late, after an outage of the database.';
comment on column recording.ended_by is 'The collector that received the end; null when it was concluded.';
comment on column recording.closed_at is 'When the end was stored.';

create table roster_watch (
  collector_id bigint not null references collector on delete cascade,
  meeting_id bigint not null references meeting on delete cascade,
  began_at timestamptz not null default now(),
  active boolean not null default true,
  interrupted_at timestamptz,
  blind boolean not null,
  began_beat bigint not null,
  news_beat bigint not null,
  primary key (collector_id, meeting_id)
);
create index roster_watch_meeting on roster_watch (meeting_id);
comment on table roster_watch is 'Bookkeeping: which collector receives the participants of which running meeting. Deleted with the end of the meeting.';
comment on column roster_watch.active is 'Whether the roster is subscribed now, as far as the collector lives.';
comment on column roster_watch.interrupted_at is 'When the subscription was last interrupted; null for never.';
comment on column roster_watch.blind is 'Whether the roster was unobserved by this run before, so that the join of a participant in its first list is not known.';
comment on column roster_watch.began_at is 'When it was first subscribed.';
comment on column roster_watch.began_beat is 'The heartbeat of the collector at which it last became active.';
comment on column roster_watch.news_beat is 'The heartbeat of the collector at which the first list grew last.';
