import type { LargeFieldStore } from './largeFieldStore.ts';
import type * as s3 from './s3Client.ts';

/** An S3-compatible store; what is missing comes from the variables that upstream reads. */
export interface S3LargeFieldStoreOptions {
  /** Default: OSS_ENDPOINT. */
  readonly endpoint?: string | undefined;
  /** Default: OSS_ACCESS_KEY_ID. */
  readonly accessKeyId?: string | undefined;
  /** Default: OSS_ACCESS_KEY_SECRET. */
  readonly secretAccessKey?: string | undefined;
  /** Default: OSS_BUCKET_NAME, else `test`. It is made when it is not there. */
  readonly bucket?: string | undefined;
  /** Where readers fetch from, if not from the endpoint. Default: OSS_DOWNLOAD_HOST. */
  readonly downloadHost?: string | undefined;
  /** The region of the store. Default: `us-east-1`. */
  readonly region?: string | undefined;
  /** Milliseconds for one upload, its retry included. */
  readonly timeoutMs?: number | undefined;
}

type Library = typeof s3;
type Client = InstanceType<Library['S3Client']>;
type ClientConfig = Exclude<ConstructorParameters<Library['S3Client']>[0], undefined>;

const defaultTimeoutMs = 10_000;

/** Keeps large texts in MinIO or any other store that speaks S3, as upstream does: public to read, path style. */
export class S3LargeFieldStore implements LargeFieldStore {
  private readonly config: ClientConfig;
  private readonly bucket: string;
  private readonly downloadHost: string;
  private readonly timeoutMs: number;
  private opened: Promise<{ readonly library: Library; readonly client: Client }> | undefined;

  constructor(options: S3LargeFieldStoreOptions = {}) {
    const { env } = process;
    const endpoint = options.endpoint ?? env['OSS_ENDPOINT'] ?? '';
    if (endpoint === '')
      throw new Error('An S3-compatible store needs OSS_ENDPOINT or `endpoint`.');
    this.bucket = options.bucket ?? (env['OSS_BUCKET_NAME'] || 'test');
    const host = options.downloadHost ?? (env['OSS_DOWNLOAD_HOST'] || endpoint);
    this.downloadHost = host.replace(/\/+$/, '');
    this.timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
    this.config = {
      endpoint,
      region: options.region ?? 'us-east-1',
      forcePathStyle: true,
      maxAttempts: 2,
      // Stores other than Amazon's often don't know the newer checksums.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      credentials: {
        accessKeyId: options.accessKeyId ?? env['OSS_ACCESS_KEY_ID'] ?? '',
        secretAccessKey: options.secretAccessKey ?? env['OSS_ACCESS_KEY_SECRET'] ?? '',
      },
    };
  }

  /** Stores the bytes as an object that anybody may read, and gives its address. */
  async upload(name: string, bytes: Uint8Array): Promise<string> {
    const { library, client } = await this.open();
    const put = () =>
      client.send(
        new library.PutObjectCommand({
          Bucket: this.bucket,
          Key: name,
          Body: bytes,
          ContentType: 'text/plain; charset=utf-8',
          ACL: 'public-read',
        }),
        { abortSignal: AbortSignal.timeout(this.timeoutMs) },
      );
    try {
      await put();
    } catch (error) {
      if (!isNamed(error, 'NoSuchBucket')) throw error;
      await this.makeBucket();
      await put();
    }
    return `${this.downloadHost}/${this.bucket}/${name}`;
  }

  /** The texts of a first record are on their way together, and another robot may begin as well. */
  private async makeBucket(): Promise<void> {
    const { library, client } = await this.open();
    try {
      await client.send(new library.CreateBucketCommand({ Bucket: this.bucket }));
    } catch (error) {
      if (!isNamed(error, 'BucketAlreadyExists', 'BucketAlreadyOwnedByYou')) throw error;
    }
  }

  /** Closes the connections. */
  async close(): Promise<void> {
    (await this.opened)?.client.destroy();
    this.opened = undefined;
  }

  /** A robot that never writes a long text doesn't load the client. */
  private open() {
    this.opened ??= import('./s3Client.ts').then((library) => ({
      library,
      client: withoutVersionWarning(() => new library.S3Client(this.config)),
    }));
    return this.opened;
  }
}

function isNamed(error: unknown, ...names: readonly string[]): boolean {
  return error instanceof Error && names.includes(error.name);
}

/** The client warns of versions of Node that this library runs on; whoever runs the robot has no other copy of it. */
function withoutVersionWarning<T>(make: () => T): T {
  const variable = 'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED';
  const before = process.env[variable];
  process.env[variable] = 'true';
  try {
    return make();
  } finally {
    if (before === undefined) Reflect.deleteProperty(process.env, variable);
    else process.env[variable] = before;
  }
}
