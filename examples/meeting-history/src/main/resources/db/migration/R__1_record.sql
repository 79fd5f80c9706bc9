-- Turns updates into rows. The routes call record_call, record_participant, beat and purge; the other functions serve these.
--
-- Rules that keep writes idempotent, also with several instances at once:
-- * One transaction writes at a time (lock_history).
-- * A reported end is final for the instances that ran at that time: an instance that is behind can not undo it.
-- * A concluded end (ended_by is null) is an estimate. A later report of the same call or participant removes it.
-- * A run concludes an end only when it has the complete list, the missing call or participant was last reported before this run, and
--   no other run that knew it is still observing.

create or replace function lock_history() returns void language sql as $$
  select pg_advisory_xact_lock(hashtextextended(current_schema() || '.meeting_history', 0))
$$;
comment on function lock_history is 'Waits until no other transaction records, until the end of this one.';

create or replace function is_alive(c collector) returns boolean language sql stable as $$
  select c.last_seen_at > now() - 3 * c.beat_every
$$;
comment on function is_alive(collector) is 'Whether the run of the application goes on, as its heartbeats tell.';

create or replace function is_stalled(c collector) returns boolean language sql stable as $$
  select not is_alive(c) or (c.resumed_beat > 0 and c.beats - c.resumed_beat < 3)
$$;
comment on function is_stalled(collector) is
  'Whether the run could not store for a while until just now. Servers held updates back meanwhile, so their times are late.';

create or replace function is_complete(c collector, began_beat bigint, news_beat bigint) returns boolean language sql stable as $$
  select c.beats - news_beat >= 3 or c.beats - began_beat >= 20
$$;
comment on function is_complete(collector, bigint, bigint) is
  'Whether the first list has arrived: the protocol does not mark its end, so three heartbeats without news, or twenty heartbeats.';

create or replace function is_recent(closed_at timestamptz) returns boolean language sql stable as $$
  select closed_at > now() - interval '1 day'
$$;
comment on function is_recent(timestamptz) is 'Whether a report may still take back an end that was concluded then.';

create or replace function first_observed(_collector bigint, _server text) returns timestamptz language sql stable as $$
  select min(began_at) from observation where collector_id = _collector and server = _server
$$;
comment on function first_observed(bigint, text) is 'Since when a run of the application knows a Call Bridge.';

create or replace function may_repeat(me collector, _ended_by bigint, _closed_at timestamptz) returns boolean language sql stable as $$
  select _ended_by = me.collector_id
    or me.started_at > _closed_at
    or not exists (select from collector c where c.collector_id = _ended_by and is_alive(c))
$$;
comment on function may_repeat(collector, bigint, timestamptz) is
  'Whether something with a reported end that this run reports again is new. Otherwise this run is behind the one that received the end.';

create or replace function knows_list(_server text) returns boolean language sql stable as $$
  select exists (
    select from observation o join collector c using (collector_id)
    where o.server = _server and o.ended_at is null and not is_stalled(c)
      and (not o.blind or is_complete(c, o.began_beat, o.news_beat)))
$$;
comment on function knows_list(text) is 'Whether some run observes the Call Bridge closely enough for times to be exact.';

create or replace function knows_roster(_meeting bigint) returns boolean language sql stable as $$
  select exists (
    select from roster_watch w join collector c using (collector_id)
    where w.meeting_id = _meeting and w.active and not is_stalled(c)
      and (not w.blind or is_complete(c, w.began_beat, w.news_beat)))
$$;
comment on function knows_roster(bigint) is 'Whether some run observes the participants of the meeting closely enough for times to be exact.';

create or replace function is_observed_by_another(k bridge_call, _collector bigint) returns boolean language sql stable as $$
  select exists (
    select from observation o join collector c using (collector_id)
    where o.server = k.server and o.ended_at is null and o.collector_id <> _collector and is_alive(c)
      and first_observed(o.collector_id, o.server) <= k.confirmed_at)
$$;
comment on function is_observed_by_another(bridge_call, bigint) is 'Whether another run would receive the end of this call.';

create or replace function is_observed_by_another(p participant, _collector bigint) returns boolean language sql stable as $$
  select exists (
    select from roster_watch w join collector c using (collector_id)
    where w.meeting_id = p.meeting_id and w.active and w.collector_id <> _collector and is_alive(c)
      and w.began_at <= p.confirmed_at)
$$;
comment on function is_observed_by_another(participant, bigint) is 'Whether another run would receive the leaving of this participant.';

create or replace function last_known(k bridge_call) returns timestamptz language sql stable as $$
  select greatest(k.confirmed_at, max(case when o.ended_at is not null then o.ended_at when not is_alive(c) then c.last_seen_at end))
  from observation o join collector c using (collector_id)
  where o.server = k.server and first_observed(o.collector_id, o.server) <= k.confirmed_at
$$;
comment on function last_known(bridge_call) is 'When a call that ended unobserved was last known to be there.';

create or replace function last_known(p participant) returns timestamptz language sql stable as $$
  select greatest(p.confirmed_at, max(case when w.active and not is_alive(c) then c.last_seen_at else w.interrupted_at end))
  from roster_watch w join collector c using (collector_id)
  where w.meeting_id = p.meeting_id and w.began_at <= p.confirmed_at
$$;
comment on function last_known(participant) is 'When a participant who left unobserved was last known to be there.';

create or replace function is_going_on(_meeting bigint) returns boolean language sql stable as $$
  select exists (
    select from bridge_call k join observation o on o.server = k.server join collector c using (collector_id)
    where k.meeting_id = _meeting and k.ended_at is null and is_alive(c) and o.began_at <= k.confirmed_at)
$$;
comment on function is_going_on(bigint) is
  'Whether a run that goes on has reported one of the meeting''s calls. Otherwise the meeting may have ended during an outage.';

create or replace function close_participant(
  p participant, _at timestamptz, _estimated boolean, _by bigint, _reason text
) returns void language sql as $$
  update participant set
    left_at = greatest(appeared_at, joined_at, _at), left_estimated = _estimated, left_reason = coalesce(_reason, left_reason),
    ended_by = _by, closed_at = now()
  where participant_id = p.participant_id
$$;

create or replace function record_recordings(
  me collector, _meeting bigint, _at timestamptz, _known boolean, _last_known timestamptz, _reported boolean
) returns void language plpgsql as $$
declare
  _kind text;
  _on boolean;
  _row recording;
begin
  foreach _kind in array array['recording', 'endpointRecording', 'streaming'] loop
    select coalesce(bool_or(
        case _kind when 'recording' then recording when 'endpointRecording' then endpoint_recording else streaming end), false)
      into _on from bridge_call where meeting_id = _meeting and ended_at is null;
    select * into _row from recording where meeting_id = _meeting and kind = _kind order by recording_id desc limit 1;
    if _on and (_row.recording_id is null or _row.ended_at is not null) then
      if _row.ended_by is null and is_recent(_row.closed_at) then
        update recording set ended_at = null, ended_estimated = false, closed_at = null where recording_id = _row.recording_id;
      elsif _row.ended_by is null or may_repeat(me, _row.ended_by, _row.closed_at) then
        insert into recording (meeting_id, kind, started_at, started_estimated)
          values (_meeting, _kind, greatest(_at, _row.ended_at), not _known) on conflict do nothing;
      else
        -- This run is behind: what it reports is over.
        update bridge_call set
          recording = recording and _kind <> 'recording', streaming = streaming and _kind <> 'streaming',
          endpoint_recording = endpoint_recording and _kind <> 'endpointRecording'
        where meeting_id = _meeting and ended_at is null;
      end if;
    elsif not _on and _row.recording_id is not null and _row.ended_at is null then
      update recording set
        ended_at = greatest(started_at, case when _known then _at else _last_known end), ended_estimated = not _known,
        ended_by = case when _reported then me.collector_id end, closed_at = now()
      where recording_id = _row.recording_id;
    end if;
  end loop;
end
$$;
comment on function record_recordings is 'Begins and ends recordings as the open calls of the meeting report them.';

create or replace function end_meeting(_meeting bigint) returns void language plpgsql as $$
declare
  _ended_at timestamptz;
  _estimated boolean;
begin
  select ended_at, ended_estimated into _ended_at, _estimated
  from bridge_call where meeting_id = _meeting order by ended_at desc, call_id limit 1;
  -- Not before what was reported to be in it: a participant may have joined after the last heartbeat.
  select greatest(_ended_at, max(appeared_at), max(joined_at), max(left_at) filter (where ended_by is not null)) into _ended_at
  from participant where meeting_id = _meeting;
  update meeting set ended_at = greatest(started_at, _ended_at), ended_estimated = _estimated
  where meeting_id = _meeting returning ended_at into _ended_at;
  update participant set
    left_at = _ended_at, left_estimated = _estimated, left_reason = case when not _estimated then 'callEnded' end, closed_at = now()
  where meeting_id = _meeting and (left_at is null or (ended_by is null and left_at > _ended_at));
  delete from roster_watch where meeting_id = _meeting;
end
$$;
comment on function end_meeting is 'Ends a meeting without open calls, with everything in it.';

create or replace function end_call(
  me collector, k bridge_call, _at timestamptz, _estimated boolean, _reported boolean, _reason text
) returns void language plpgsql as $$
begin
  if k.ended_at is not null and (k.ended_by is not null or not _reported) then
    return;
  end if;
  update bridge_call set
    ended_at = greatest(started_at, _at), ended_estimated = _estimated, end_reason = _reason,
    ended_by = case when _reported then me.collector_id end, closed_at = now(),
    recording = false, endpoint_recording = false, streaming = false
  where call_id = k.call_id;
  perform record_recordings(me, k.meeting_id, _at, not _estimated, _at, _reported);
  if not exists (select from bridge_call where meeting_id = k.meeting_id and ended_at is null) then
    perform end_meeting(k.meeting_id);
  end if;
end
$$;

create or replace function merge_meetings(_kept bigint, _merged bigint) returns void language plpgsql as $$
begin
  update bridge_call set meeting_id = _kept where meeting_id = _merged;
  -- What both have: the earlier start counts, and the state that was reported last.
  update participant a set
    joined_at = coalesce(a.joined_at, b.joined_at), left_at = b.left_at, left_estimated = b.left_estimated,
    left_reason = b.left_reason, ended_by = b.ended_by, closed_at = b.closed_at, confirmed_at = b.confirmed_at
  from participant b
  where a.meeting_id = _kept and b.meeting_id = _merged and a.guid = b.guid and a.ended_by is null;
  delete from participant b using participant a
  where a.meeting_id = _kept and b.meeting_id = _merged and a.guid = b.guid;
  update participant set meeting_id = _kept where meeting_id = _merged;
  delete from recording b using recording a
  where a.meeting_id = _kept and b.meeting_id = _merged and a.kind = b.kind and (a.ended_at is null or a.started_at = b.started_at);
  update recording set meeting_id = _kept where meeting_id = _merged;
  update roster_watch w set meeting_id = _kept
  where meeting_id = _merged
    and not exists (select from roster_watch o where o.meeting_id = _kept and o.collector_id = w.collector_id);
  update meeting a set
    started_at = least(a.started_at, b.started_at), name = coalesce(b.name, a.name), call_type = coalesce(b.call_type, a.call_type),
    correlator = coalesce(a.correlator, b.correlator), ended_at = null, ended_estimated = false
  from meeting b where a.meeting_id = _kept and b.meeting_id = _merged;
  delete from meeting where meeting_id = _merged;
end
$$;
comment on function merge_meetings is 'Makes two meetings one that turn out to be the same: the second goes on as the first.';

create or replace function meeting_of_new_call(_correlator text, _at timestamptz, _known boolean) returns bigint language plpgsql as $$
declare
  _meeting bigint;
begin
  if _correlator is not null then
    select meeting_id into _meeting from meeting
    where correlator = _correlator and ended_at is null and is_going_on(meeting_id)
    order by meeting_id limit 1;
  end if;
  if _meeting is null then
    insert into meeting (correlator, started_at, started_estimated) values (_correlator, _at, not _known)
      returning meeting_id into _meeting;
  end if;
  return _meeting;
end
$$;
comment on function meeting_of_new_call is
  'The meeting of a call with a new GUID: the one that goes on under the same correlator, or a new one.';

create or replace function record_list_state(me collector, _server text, _at timestamptz, _state text) returns void language plpgsql as $$
begin
  if _state = 'active' then
    insert into observation (collector_id, server, blind, began_beat, news_beat)
    select me.collector_id, _server, coalesce(now() - max(ended_at) > 3 * me.beat_every, true), me.beats, me.beats
    from observation where collector_id = me.collector_id and server = _server
    on conflict do nothing;
  elsif _state = 'deactivated' then
    update observation set ended_at = greatest(began_at, least(_at, now()))
    where collector_id = me.collector_id and server = _server and ended_at is null;
  end if;
end
$$;

create or replace function record_call(
  _collector bigint, _server text, _at timestamptz, _state text, _type text, _synthetic boolean, _body text
) returns void language plpgsql as $$
declare
  me collector;
  -- PostgreSQL has no text with a NUL.
  _json jsonb := replace(_body, '\u0000', '\ufffd')::jsonb;
  _correlator text := nullif(_json->>'callCorrelator', '');
  k bridge_call;
  _known boolean;
  _last_known timestamptz;
  _meeting bigint;
  _other bigint;
begin
  perform lock_history();
  select * into strict me from collector where collector_id = _collector;
  if _type is null then
    perform record_list_state(me, _server, _at, _state);
    return;
  end if;
  select * into k from bridge_call where guid = _json->>'call' order by call_id desc limit 1;
  if _type = 'remove' then
    if k.call_id is null then
      return;
    elsif not _synthetic then
      perform end_call(me, k, _at, is_stalled(me), true, _json->>'reason');
    elsif not is_observed_by_another(k, _collector) then
      perform end_call(me, k, last_known(k), true, false, null);
    end if;
    return;
  end if;

  if k.ended_at is not null then
    if k.ended_by is null and is_recent(k.closed_at) then
      update bridge_call set ended_at = null, ended_estimated = false, closed_at = null where call_id = k.call_id returning * into k;
      update meeting set ended_at = null, ended_estimated = false where meeting_id = k.meeting_id;
    elsif _type = 'add' and (k.ended_by is null or may_repeat(me, k.ended_by, k.closed_at)) then
      k := null;
    else
      return;
    end if;
  end if;
  -- What changes of a call that this connection has reported before changes now, also while the first list still comes.
  _known := knows_list(_server) or (not is_stalled(me) and exists (
    select from observation o
    where o.collector_id = _collector and o.server = _server and o.ended_at is null and o.began_at <= k.confirmed_at));
  if k.call_id is null then
    insert into bridge_call (guid, server, meeting_id, started_at, started_estimated)
      values (_json->>'call', _server, meeting_of_new_call(_correlator, _at, _known), _at, not _known) returning * into k;
  end if;
  _last_known := last_known(k);
  update bridge_call set
    server = _server, started_at = least(started_at, _at), confirmed_at = now(),
    recording = coalesce(_json->>'recording' = 'active', recording),
    endpoint_recording = coalesce(_json->>'endpointRecording' = 'active', endpoint_recording),
    streaming = coalesce(_json->>'streaming' = 'active', streaming)
  where call_id = k.call_id;
  update meeting set
    name = coalesce(nullif(btrim(_json->>'name'), ''), name), call_type = coalesce(_json->>'callType', call_type),
    correlator = coalesce(_correlator, correlator), started_at = least(started_at, _at)
  where meeting_id = k.meeting_id returning meeting_id into _meeting;
  if _type = 'add' then
    update observation set news_beat = me.beats
    where collector_id = _collector and server = _server and ended_at is null and not is_complete(me, began_beat, news_beat);
  end if;

  -- Two meetings of one correlator that both go on are the same.
  for _other in
    select meeting_id from meeting
    where correlator = _correlator and ended_at is null and meeting_id <> _meeting
      and is_going_on(meeting_id) and is_going_on(_meeting)
  loop
    perform merge_meetings(least(_meeting, _other), greatest(_meeting, _other));
    _meeting := least(_meeting, _other);
  end loop;
  perform record_recordings(me, _meeting, _at, _known, _last_known, true);
end
$$;
comment on function record_call is 'Records an update of the resource calls, or a new state of its subscription, as delivered with merge=true.';

create or replace function record_roster_state(me collector, m meeting, _at timestamptz, _state text) returns void language plpgsql as $$
begin
  if _state = 'active' then
    insert into roster_watch as w (collector_id, meeting_id, blind, began_beat, news_beat)
    values (me.collector_id, m.meeting_id, m.started_estimated or now() - m.started_at > 3 * me.beat_every, me.beats, me.beats)
    on conflict (collector_id, meeting_id) do update set
      active = true, blind = now() - w.interrupted_at > 3 * me.beat_every, began_beat = me.beats, news_beat = me.beats
      where not w.active;
  elsif _state = 'deactivated' then
    update roster_watch set active = false, interrupted_at = least(_at, now())
    where collector_id = me.collector_id and meeting_id = m.meeting_id and active;
  end if;
end
$$;

create or replace function record_participant(
  _collector bigint, _server text, _at timestamptz, _state text, _type text, _synthetic boolean, _body text
) returns void language plpgsql as $$
declare
  me collector;
  _json jsonb := replace(_body, '\u0000', '\ufffd')::jsonb;
  _guid text := _json->>'participant';
  _correlator text := nullif(_json->>'callCorrelator', '');
  _connected boolean := coalesce(_json->>'state' in ('connected', 'onHold'), true);
  k bridge_call;
  m meeting;
  p participant;
  _other bigint;
begin
  perform lock_history();
  select * into strict me from collector where collector_id = _collector;
  select * into k from bridge_call where guid = _json->>'call' order by call_id desc limit 1;
  if k.call_id is null then
    if coalesce(_type, _state) not in ('add', 'update', 'active') then
      return;
    end if;
    -- The roster can be faster than the list of calls, which has another route.
    insert into bridge_call (guid, server, meeting_id, started_at, started_estimated)
      values (_json->>'call', _server, meeting_of_new_call(_correlator, _at, knows_list(_server)), _at, not knows_list(_server))
      returning * into k;
    update meeting set name = coalesce(name, nullif(btrim(_json->>'callName'), '')) where meeting_id = k.meeting_id;
  end if;
  select * into strict m from meeting where meeting_id = k.meeting_id;
  if _type is null then
    if m.ended_at is null then
      perform record_roster_state(me, m, _at, _state);
    end if;
    return;
  end if;

  select * into p from participant where meeting_id = m.meeting_id and guid = _guid order by participant_id desc limit 1;
  if _type = 'remove' then
    if p.participant_id is null or (p.left_at is not null and (p.ended_by is not null or _synthetic)) then
      return;
    elsif not _synthetic then
      perform close_participant(p, least(_at, m.ended_at), is_stalled(me), _collector, _json->>'reason');
    elsif not is_observed_by_another(p, _collector) then
      if _json->>'reason' = 'callEnded' then
        perform close_participant(p, _at, is_stalled(me), null, 'callEnded');
      else
        perform close_participant(p, last_known(p), true, null, null);
      end if;
    end if;
    return;
  end if;

  if p.participant_id is null then
    -- The same participant in another meeting of this room that may go on: both are one meeting.
    select o.meeting_id into _other from participant o join meeting om using (meeting_id)
    where o.guid = _guid and om.meeting_id <> m.meeting_id and om.correlator = m.correlator and m.ended_at is null
      and (o.left_at is null or (o.left_estimated and o.ended_by is null and is_recent(o.closed_at)))
    order by o.participant_id desc limit 1;
    if _other is not null then
      perform merge_meetings(least(_other, m.meeting_id), greatest(_other, m.meeting_id));
      select * into strict m from meeting where meeting_id = least(_other, m.meeting_id);
      select * into p from participant where meeting_id = m.meeting_id and guid = _guid order by participant_id desc limit 1;
    end if;
  end if;
  if p.left_at is not null then
    if p.ended_by is null and p.left_estimated and is_recent(p.closed_at) and m.ended_at is null then
      update participant set left_at = null, left_estimated = false, left_reason = null, closed_at = null
      where participant_id = p.participant_id;
    elsif _type = 'add' and m.ended_at is null and (p.ended_by is null or may_repeat(me, p.ended_by, p.closed_at)) then
      p := null;
    else
      return;
    end if;
  end if;
  _at := least(_at, m.ended_at);
  update meeting set started_at = least(started_at, _at) where meeting_id = m.meeting_id and started_at > _at;
  if p.participant_id is null then
    insert into participant (meeting_id, guid, appeared_at, left_at, left_estimated, left_reason, closed_at)
    values (m.meeting_id, _guid, _at, m.ended_at, m.ended_estimated,
      case when m.ended_at is not null and not m.ended_estimated then 'callEnded' end, case when m.ended_at is not null then now() end)
    on conflict do nothing returning * into p;
  end if;
  update participant set
    name = coalesce(nullif(btrim(_json->>'name'), ''), name), uri = coalesce(nullif(btrim(_json->>'uri'), ''), uri),
    direction = coalesce(_json->>'direction', direction), confirmed_at = now(),
    joined_estimated = case when joined_at is null and _connected then not knows_roster(m.meeting_id) else joined_estimated end,
    joined_at = case when joined_at is null and _connected then greatest(appeared_at, _at) else joined_at end
  where participant_id = p.participant_id;
  if _type = 'add' then
    update roster_watch set news_beat = me.beats
    where collector_id = _collector and meeting_id = m.meeting_id and not is_complete(me, began_beat, news_beat);
  end if;
end
$$;
comment on function record_participant is 'Records an update of the resource callRoster, or a new state of its subscription, as delivered with merge=true.';

create or replace function beat(_collector bigint) returns void language plpgsql as $$
declare
  me collector;
  _call bridge_call;
  _participant participant;
begin
  perform lock_history();
  update collector set
    resumed_beat = case when is_alive(collector) then resumed_beat else beats + 1 end, beats = beats + 1, last_seen_at = now()
  where collector_id = _collector returning * into strict me;

  for _call in
    select k.* from bridge_call k join observation o using (server)
    where o.collector_id = _collector and o.ended_at is null and is_complete(me, o.began_beat, o.news_beat)
      and k.ended_at is null and k.confirmed_at < first_observed(_collector, k.server) and not is_observed_by_another(k, _collector)
  loop
    perform end_call(me, _call, last_known(_call), true, false, null);
  end loop;

  for _participant in
    select p.* from participant p join roster_watch w using (meeting_id)
    where w.collector_id = _collector and w.active and is_complete(me, w.began_beat, w.news_beat)
      and p.left_at is null and p.confirmed_at < w.began_at and not is_observed_by_another(p, _collector)
  loop
    perform close_participant(_participant, last_known(_participant), true, null, null);
  end loop;

  -- A Call Bridge that was taken out of service is never observed again. One that only has to be reached still, as after a restart of
  -- the application, sends its calls then, which takes this back.
  for _call in
    select k.* from bridge_call k
    where k.ended_at is null
      and not exists (select from observation o join collector c using (collector_id)
        where o.server = k.server and o.ended_at is null and is_alive(c))
      and (last_known(k) < now() - interval '1 day'
        or (me.beats >= 24 and not exists (select from observation o join collector c using (collector_id)
          where o.server = k.server and is_alive(c))))
  loop
    perform end_call(me, _call, last_known(_call), true, false, null);
  end loop;
end
$$;
comment on function beat is
  'The heartbeat of a run. It also concludes the end of calls and participants that are missing in lists that are complete.';

create or replace function purge(_days integer) returns bigint language plpgsql as $$
declare
  _purged bigint;
begin
  if _days <= 0 then
    return 0;
  end if;
  perform lock_history();
  delete from meeting where ended_at < now() - make_interval(days => _days);
  get diagnostics _purged = row_count;
  delete from collector c where last_seen_at < now() - make_interval(days => _days)
    and not exists (select from roster_watch w where w.collector_id = c.collector_id);
  return _purged;
end
$$;
comment on function purge is 'Deletes meetings that ended more than this many days ago, with everything about them. Nothing for 0. Returns their number.';
