import { randomUUID } from 'node:crypto';
import type { sendUnaryData, ServerUnaryCall } from '@grpc/grpc-js';
import gossipMessages from '@eventstore/db-client/generated/gossip_pb.js';
import featureMessages from '@eventstore/db-client/generated/serverfeatures_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streamsService from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { Cluster } from './cluster';
import type { Faults } from './faults';

const TICKS = 10_000n;
/** Before this version a server could not be asked what it can do, and wrote one append a call. */
const ASKABLE = [21, 10];

/** Who is in the cluster, and who leads. */
export const gossip = (faults: Faults, cluster: Cluster) => ({
  read: (
    _call: ServerUnaryCall<shared.Empty, gossipMessages.ClusterInfo>,
    callback: sendUnaryData<gossipMessages.ClusterInfo>,
  ): void => {
    if (faults.bites('black-hole') !== undefined) return;
    const leader = faults.bites('not-leader');
    const leads = leader === undefined ? cluster.leader : `${leader.host}:${leader.port}`;
    const { VNodeState } = gossipMessages.MemberInfo;
    const infos = [...new Set([...cluster.members, leads])].map((member) => {
      const [host = '', port = '0'] = member.split(':');
      const address = new gossipMessages.EndPoint().setAddress(host).setPort(Number(port));
      return new gossipMessages.MemberInfo()
        .setInstanceId(new shared.UUID().setString(randomUUID()))
        .setTimeStamp((BigInt(Date.now()) * TICKS).toString())
        .setState(member === leads ? VNodeState.LEADER : VNodeState.FOLLOWER)
        .setIsAlive(true)
        .setHttpEndPoint(address);
    });
    callback(null, new gossipMessages.ClusterInfo().setMembersList(infos));
  },
});

/** What this server says it can do; undefined for a version that has no words for it. */
export function serverFeatures(version: string, faults: Faults) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [since = 0, sinceMinor = 0] = ASKABLE;
  if (major < since || (major === since && minor < sinceMinor)) return undefined;
  const methods = Object.values(streamsService.StreamsService).map(({ path }) => {
    const [, service = '', method = ''] = path.toLowerCase().split('/');
    const features = { read: ['position', 'events'], batchappend: ['deadline_duration'] }[method];
    return new featureMessages.SupportedMethod()
      .setServiceName(service)
      .setMethodName(method)
      .setFeaturesList(features ?? []);
  });
  return {
    getSupportedMethods: (
      _call: ServerUnaryCall<shared.Empty, featureMessages.SupportedMethods>,
      callback: sendUnaryData<featureMessages.SupportedMethods>,
    ): void => {
      if (faults.bites('black-hole') !== undefined) return;
      const answer = new featureMessages.SupportedMethods().setMethodsList(methods);
      callback(null, answer.setEventStoreServerVersion(version));
    },
  };
}
