import { context, isSpanContextValid, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Attributes, Context, Span } from '@opentelemetry/api';

/** The span of an execution or a node, if the robot's process records any. */
export interface LinkedSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** The context in which it is the active one. */
  context(): Context;
  child(name: string, attributes: Attributes): LinkedSpan;
  /** Runs `body` so that spans of instrumented libraries become children. */
  run<T>(body: () => T): T;
  event(name: string, message: string): void;
  /** Ends it; a message says that it failed. */
  end(failure?: string): void;
}

const library = 'rpa-trace-telemetry';

/** Starts the span of an execution; undefined where nobody registered a tracer, so that nodes cost nothing for it. */
export function startSpan(name: string, attributes: Attributes): LinkedSpan | undefined {
  const span = trace.getTracer(library).startSpan(name, { attributes });
  return isSpanContextValid(span.spanContext()) ? new ApiSpan(span) : undefined;
}

class ApiSpan implements LinkedSpan {
  private readonly span: Span;

  constructor(span: Span) {
    this.span = span;
  }

  get traceId(): string {
    return this.span.spanContext().traceId;
  }

  get spanId(): string {
    return this.span.spanContext().spanId;
  }

  context(): Context {
    // Not the active span: without a context manager there is none.
    return trace.setSpan(context.active(), this.span);
  }

  child(name: string, attributes: Attributes): LinkedSpan {
    return new ApiSpan(trace.getTracer(library).startSpan(name, { attributes }, this.context()));
  }

  run<T>(body: () => T): T {
    return context.with(this.context(), body);
  }

  event(name: string, message: string): void {
    this.span.addEvent(name, { message });
  }

  end(failure?: string): void {
    if (failure !== undefined) {
      this.span.setStatus({ code: SpanStatusCode.ERROR, message: failure });
    }
    this.span.end();
  }
}
