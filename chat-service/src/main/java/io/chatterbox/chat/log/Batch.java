package io.chatterbox.chat.log;

import io.chatterbox.bus.Outcome;
import io.chatterbox.bus.Publication;
import io.chatterbox.contract.Key;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The batch in hand: how far its commands are, and what is to be published.
final class Batch {
  final List<Job> jobs;
  final Instant now;

  /// Keys whose head was seen to be the last one since this batch began.
  final Set<Key> confirmed = new HashSet<>();

  final List<Publication> publications = new ArrayList<>();

  Batch(List<Job> jobs, Instant now) {
    this.jobs = jobs;
    this.now = now;
  }

  List<Job> open() {
    return jobs.stream().filter(Job::isOpen).toList();
  }

  List<Key> keys() {
    return jobs.stream().map(job -> job.pending.key()).distinct().toList();
  }

  /// Does what has no number, all of a handler at once, each at the place where it was accepted.
  void settle() {
    Map<StateHandler<?>, List<Job.Setting<?>>> byHandler = new LinkedHashMap<>();
    for (Job job : jobs) {
      if (job instanceof Job.Setting<?> setting && setting.isAccepted()) {
        byHandler.computeIfAbsent(setting.handler, handler -> new ArrayList<>()).add(setting);
      }
    }
    for (List<Job.Setting<?>> same : byHandler.values()) {
      for (StateHandler.Result result : same.getFirst().settle(same)) {
        result.publication().ifPresent(publications::add);
      }
    }
  }

  Outcome outcome() {
    return new Outcome(publications, jobs.stream().map(Job::reply).toList());
  }
}
