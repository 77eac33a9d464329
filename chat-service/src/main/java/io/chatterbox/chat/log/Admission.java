package io.chatterbox.chat.log;

import io.chatterbox.chat.limits.Grant;
import io.chatterbox.chat.limits.SendingLimits;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Refusal;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Holds the writer's commands against their senders' rates.
///
/// What repeats a stored command is never refused for its rate. To look for that before each
/// sending would double the work of the ordinary case, so the rate is asked first: whatever it
/// refuses is looked for, and a repeat that it let through is given back when the log finds it.
@Singleton
class Admission {
  private final SendingLimits limits;
  private final Entries entries;

  Admission(SendingLimits limits, Entries entries) {
    this.limits = limits;
    this.entries = entries;
  }

  /// Asks once per sender for all that was not asked for yet.
  ///
  /// @return whether all may be written; else some were answered, and the rest has other numbers
  boolean admit(Plan plan) {
    Map<String, List<Plan.Placed>> bySender = new LinkedHashMap<>();
    for (Plan.Placed placed : plan.placed) {
      if (placed.job().metered && !placed.job().admitted) {
        bySender.computeIfAbsent(placed.entry().sender(), id -> new ArrayList<>()).add(placed);
      }
    }
    if (bySender.isEmpty()) {
      return true;
    }
    Map<String, Integer> wanted = new HashMap<>();
    bySender.forEach((sender, all) -> wanted.put(sender, all.size()));
    Map<String, Grant> grants = limits.take(wanted);
    Map<CommandRef, Plan.Placed> over = new LinkedHashMap<>();
    bySender.forEach((sender, all) -> {
      int allowed = grant(grants, sender).allowed();
      for (int i = 0; i < all.size(); i++) {
        Plan.Placed placed = all.get(i);
        if (i < allowed) {
          placed.job().admitted = true;
        } else {
          over.put(placed.job().ref(placed.entry().commandId()), placed);
        }
      }
    });
    if (over.isEmpty()) {
      return true;
    }
    Map<CommandRef, Entry> stored = entries.repeats(over.keySet());
    over.forEach((ref, placed) -> {
      Entry entry = stored.get(ref);
      if (entry == null) {
        refuse(plan, placed.job(), grant(grants, ref.sender()));
      } else {
        placed.job().before = Optional.of(entry);
      }
    });
    return false;
  }

  /// Gives back what was taken for commands that turned out to be repeats.
  void giveBack(List<Job.Writing<?>> repeats) {
    Map<String, Integer> back = new HashMap<>();
    for (Job.Writing<?> job : repeats) {
      if (job.admitted) {
        back.merge(job.pending.caller().userId(), 1, Integer::sum);
      }
    }
    if (!back.isEmpty()) {
      limits.giveBack(back);
    }
  }

  private static void refuse(Plan plan, Job.Writing<?> job, Grant grant) {
    Refusal refusal =
        new Refusal(
            ErrorCode.RATE_LIMITED,
            "Too many messages at once; try again in a moment.",
            grant.retryAfterMs());
    job.refused(refusal);
    for (Plan.Repeated repeated : plan.repeated) {
      if (repeated.first() == job) {
        repeated.job().refused(refusal);
      }
    }
  }

  private static Grant grant(Map<String, Grant> grants, String sender) {
    Grant grant = grants.get(sender);
    if (grant == null) {
      throw new IllegalStateException("nothing was said about a sender that was asked for");
    }
    return grant;
  }
}
