import type { Action } from './action.ts';
import { shownEndpoint } from './endpoint-answer.ts';
import { existingEndpoint } from './endpoint-checks.ts';

/**
 * An endpoint is known by its name in its primary region, which may be another than the request's.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeEndpoint.html
 */
export const describeEndpoint: Action<'DescribeEndpoint'> = async (request, context) => {
  const { name, homeRegion: region = context.scope.region } = request;
  const home = { ...context.scope, region };
  return shownEndpoint(home, existingEndpoint(context.configuration.endpoint(home, name), name));
};
