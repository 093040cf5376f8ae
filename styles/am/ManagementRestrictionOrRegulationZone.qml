<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling" labelsEnabled="0">
  <renderer-v2 type="categorizedSymbol" attr="zoneType" symbollevels="0">
    <categories>
      <category symbol="0" label="Air quality management zone" render="true">
        <val value="airQualityManagementZone" type="string"/>
      </category>
      <category symbol="1" label="Animal health restriction zone" render="true">
        <val value="animalHealthRestrictionZone" type="string"/>
      </category>
      <category symbol="2" label="Area for disposal of waste" render="true">
        <val value="areaForDisposalOfWaste" type="string"/>
      </category>
      <category symbol="3" label="Bathing waters" render="true">
        <val value="bathingWaters" type="string"/>
      </category>
      <category symbol="4" label="Coastal zone management area" render="true">
        <val value="coastalZoneManagementArea" type="string"/>
      </category>
      <category symbol="5" label="Designated waters" render="true">
        <val value="designatedWaters" type="string"/>
      </category>
      <category symbol="6" label="Drinking water protection area" render="true">
        <val value="drinkingWaterProtectionArea" type="string"/>
      </category>
      <category symbol="7" label="Flood unit of management" render="true">
        <val value="floodUnitOfManagement" type="string"/>
      </category>
      <category symbol="8" label="Forest management area" render="true">
        <val value="forestManagementArea" type="string"/>
      </category>
      <category symbol="9" label="Marine region" render="true">
        <val value="marineRegion" type="string"/>
      </category>
      <category symbol="10" label="Nitrate vulnerable zone" render="true">
        <val value="nitrateVulnerableZone" type="string"/>
      </category>
      <category symbol="11" label="Noise restriction zone" render="true">
        <val value="noiseRestrictionZone" type="string"/>
      </category>
      <category symbol="12" label="Plant health protection zone" render="true">
        <val value="plantHealthProtectionZone" type="string"/>
      </category>
      <category symbol="13" label="Prospecting and mining permit area" render="true">
        <val value="prospectingAndMiningPermitArea" type="string"/>
      </category>
      <category symbol="14" label="Regulated fairway at sea or large inland water" render="true">
        <val value="regulatedFairwayAtSeaOrLargeInlandWater" type="string"/>
      </category>
      <category symbol="15" label="Restricted zones around contaminated sites" render="true">
        <val value="restrictedZonesAroundContaminatedSites" type="string"/>
      </category>
      <category symbol="16" label="River basin district" render="true">
        <val value="riverBasinDistrict" type="string"/>
      </category>
      <category symbol="17" label="Sensitive area" render="true">
        <val value="sensitiveArea" type="string"/>
      </category>
      <category symbol="18" label="Water body for wfd" render="true">
        <val value="waterBodyForWFD" type="string"/>
      </category>
      <category value="" symbol="19" label="other" render="true"/>
    </categories>
    <symbols>
      <symbol name="0" type="fill" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" pass="0" locked="0" enabled="1">
          <prop k="color" v="255,211,127,128"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="128,128,128,255"/>
          <prop k="outline_width" v="0.53"/>
          <prop k="outline_width_unit" v="MM"/>
          <prop k="outline_style" v="solid"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol name="1" type="fill" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" pass="0" locked="0" enabled="1">
          <prop k="color" v="255,0,0,128"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="128,128,128,255"/>
          <prop k="outline_width" v="0.53"/>
          <prop k="outline_width_unit" v="MM"/>
          <prop k="outline_style" v="solid"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol name="2" type="fill" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" pass="0" locked="0" enabled="1">
          <prop k="color" v="205,170,102,128"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="128,128,128,255"/>
          <prop k="outline_width" v="0.53"/>
          <prop k="outline_width_unit" v="MM"/>
          <prop k="outline_style" v="solid"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol name="3" type="fill" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" pass="0" locked="0" enabled="1">
          <prop k="color" v="190,210,255,128"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="128,128,128,255"/>
          <prop k="outline_width" v="0.53"/>
          <prop k="outline_width_unit" v="MM"/>
          <prop k="outline_style" v="solid"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol name="4" type="fill" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" pass="0" locked="0" enabled="1">
          <prop k="color" v="133,171,255,128"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="128,128,128,255"/>
          <prop k="outline_width" v="0.53"/>
          <prop k="outline_width_unit" v="MM"/>
          <prop k="outline_style" v="solid"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol name="5" type="fill" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" pass="0" locked="0" enabled="1">
          <prop k="color" v="190,210,255,128"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="128,128,128,255"/>
          <prop k="outline_width" v="0.53"/>
          <prop k="outline_width_unit" v="MM"/>
          <prop k="outline_style" v="solid"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol name="6" type="fill" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" pass="0" locked="0" enabled="1">
          <prop k="color" v="190,210,255,128"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="128,128,128,255"/>
          <prop k="outline_width" v="0.53"/>
          <prop k="outline_width_unit" v="MM"/>
          <prop k="outline_style" v="solid"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol name="7" type="fill" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" pass="0" locked="0" enabled="1">
          <prop k="color" v="153,102,255,128"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="128,128,128,255"/>
          <prop k="outline_width" v="0.53"/>
          <prop k="outline_width_unit" v="MM"/>
          <prop k="outline_style" v="solid"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol name="8" type="fill" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" pass="0" locked="0" enabled="1">
          <prop k="color" v="51,204,51,128"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="128,128,128,255"/>
          <prop k="outline_width" v="0.53"/>
          <prop k="outline_width_unit" v="MM"/>
          <prop k="outline_style" v="solid"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol name="9" type="fill" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" pass="0" locked="0" enabled="1">
          <prop k="color" v="133,171,255,128"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="128,128,128,255"/>
          <prop k="outline_width" v="0.53"/>
          <prop k="outline_width_unit" v="MM"/>
          <prop k="outline_style" v="solid"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol name="10" type="fill" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" pass="0" locked="0" enabled="1">
          <prop k="color" v="255,255,102,128"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="128,128,128,255"/>
          <prop k="outline_width" v="0.53"/>
          <prop k="outline_width_unit" v="MM"/>
          <prop k="outline_style" v="solid"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol name="11" type="fill" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" pass="0" locked="0" enabled="1">
          <prop k="color" v="255,211,127,128"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="128,128,128,255"/>
          <prop k="outline_width" v="0.53"/>
          <prop k="outline_width_unit" v="MM"/>
          <prop k="outline_style" v="solid"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol name="12" type="fill" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" pass="0" locked="0" enabled="1">
          <prop k="color" v="255,0,0,128"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="128,128,128,255"/>
          <prop k="outline_width" v="0.53"/>
          <prop k="outline_width_unit" v="MM"/>
          <prop k="outline_style" v="solid"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol name="13" type="fill" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" pass="0" locked="0" enabled="1">
          <prop k="color" v="205,170,102,128"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="128,128,128,255"/>
          <prop k="outline_width" v="0.53"/>
          <prop k="outline_width_unit" v="MM"/>
          <prop k="outline_style" v="solid"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol name="14" type="fill" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" pass="0" locked="0" enabled="1">
          <prop k="color" v="133,171,255,128"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="128,128,128,255"/>
          <prop k="outline_width" v="0.53"/>
          <prop k="outline_width_unit" v="MM"/>
          <prop k="outline_style" v="solid"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol name="15" type="fill" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" pass="0" locked="0" enabled="1">
          <prop k="color" v="255,0,0,128"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="128,128,128,255"/>
          <prop k="outline_width" v="0.53"/>
          <prop k="outline_width_unit" v="MM"/>
          <prop k="outline_style" v="solid"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol name="16" type="fill" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" pass="0" locked="0" enabled="1">
          <prop k="color" v="153,102,255,128"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="128,128,128,255"/>
          <prop k="outline_width" v="0.53"/>
          <prop k="outline_width_unit" v="MM"/>
          <prop k="outline_style" v="solid"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol name="17" type="fill" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" pass="0" locked="0" enabled="1">
          <prop k="color" v="255,255,102,128"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="128,128,128,255"/>
          <prop k="outline_width" v="0.53"/>
          <prop k="outline_width_unit" v="MM"/>
          <prop k="outline_style" v="solid"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol name="18" type="fill" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" pass="0" locked="0" enabled="1">
          <prop k="color" v="190,210,255,128"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="128,128,128,255"/>
          <prop k="outline_width" v="0.53"/>
          <prop k="outline_width_unit" v="MM"/>
          <prop k="outline_style" v="solid"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol name="19" type="fill" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" pass="0" locked="0" enabled="1">
          <prop k="color" v="128,128,128,128"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="128,128,128,255"/>
          <prop k="outline_width" v="0.53"/>
          <prop k="outline_width_unit" v="MM"/>
          <prop k="outline_style" v="solid"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
    </symbols>
  </renderer-v2>
</qgis>
