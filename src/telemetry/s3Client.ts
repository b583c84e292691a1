// Loaded when the first text is stored: the client is larger than all else.
export { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
