import type { GetRecordsInput } from "@aws-sdk/client-kinesis";
import type { HotPath } from "../../core/service.ts";
import type { Output } from "./operations/get-records.ts";

/** GetRecords' JSON without the schema walk: up to 10,000 records an answer, their data in base64 already. */
export const getRecordsWire: HotPath<GetRecordsInput, Output> = { encode };

function encode({ Records, NextShardIterator, MillisBehindLatest, ChildShards }: Output): string {
  const entries = Records.map(
    ({ SequenceNumber, ApproximateArrivalTimestamp, Data, PartitionKey }) =>
      `{"SequenceNumber":"${SequenceNumber}","ApproximateArrivalTimestamp":${Number(ApproximateArrivalTimestamp) / 1000},"Data":"${Data.text}","PartitionKey":${JSON.stringify(PartitionKey)},"EncryptionType":"NONE"}`,
  );
  const next = NextShardIterator ? `,"NextShardIterator":"${NextShardIterator}"` : "";
  const children = ChildShards ? `,"ChildShards":${JSON.stringify(ChildShards)}` : "";
  return `{"MillisBehindLatest":${MillisBehindLatest}${next}${children},"Records":[${entries.join(",")}]}`;
}
