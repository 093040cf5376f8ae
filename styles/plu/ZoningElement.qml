<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling" labelsEnabled="0">
  <renderer-v2 type="categorizedSymbol" attr="hilucsLandUse" symbollevels="0">
    <categories>
      <category symbol="0" label="Primary production" render="true">
        <val value="1_PrimaryProduction" type="string"/>
        <val value="1_1_Agriculture" type="string"/>
        <val value="1_1_1_CommercialAgriculturalProduction" type="string"/>
        <val value="1_2_Forestry" type="string"/>
        <val value="1_3_MiningAndQuarrying" type="string"/>
      </category>
      <category symbol="1" label="Secondary production" render="true">
        <val value="2_SecondaryProduction" type="string"/>
        <val value="2_4_EnergyProduction" type="string"/>
        <val value="2_5_OtherIndustry" type="string"/>
      </category>
      <category symbol="2" label="Tertiary production" render="true">
        <val value="3_TertiaryProduction" type="string"/>
        <val value="3_1_CommercialServices" type="string"/>
        <val value="3_3_CommunityServices" type="string"/>
        <val value="3_4_CulturalEntertainmentAndRecreationalServices" type="string"/>
        <val value="3_4_5_OtherRecreationalServices" type="string"/>
        <val value="3_5_OtherServices" type="string"/>
      </category>
      <category symbol="3" label="Transport and utilities" render="true">
        <val value="4_TransportNetworksLogisticsAndUtilities" type="string"/>
        <val value="4_1_TransportNetworks" type="string"/>
        <val value="4_1_1_RoadTransport" type="string"/>
        <val value="4_3_Utilities" type="string"/>
      </category>
      <category symbol="4" label="Residential use" render="true">
        <val value="5_ResidentialUse" type="string"/>
        <val value="5_1_PermanentResidentialUse" type="string"/>
        <val value="5_2_ResidentialUseWithOtherCompatibleUses" type="string"/>
        <val value="5_3_OtherResidentialUse" type="string"/>
      </category>
      <category symbol="5" label="Other uses" render="true">
        <val value="6_OtherUses" type="string"/>
        <val value="6_1_TransitionalAreas" type="string"/>
        <val value="6_2_AbandonedAreas" type="string"/>
        <val value="6_3_NaturalAreasNotInOtherEconomicUse" type="string"/>
        <val value="6_6_NotKnownUse" type="string"/>
      </category>
      <category value="" symbol="6" label="other" render="true"/>
    </categories>
    <symbols>
      <symbol name="0" type="fill" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" pass="0" locked="0" enabled="1">
          <prop k="color" v="185,215,122,204"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="0,0,0,255"/>
          <prop k="outline_width" v="0.26"/>
          <prop k="outline_width_unit" v="MM"/>
          <prop k="outline_style" v="solid"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol name="1" type="fill" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" pass="0" locked="0" enabled="1">
          <prop k="color" v="180,138,201,204"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="0,0,0,255"/>
          <prop k="outline_width" v="0.26"/>
          <prop k="outline_width_unit" v="MM"/>
          <prop k="outline_style" v="solid"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol name="2" type="fill" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" pass="0" locked="0" enabled="1">
          <prop k="color" v="242,160,160,204"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="0,0,0,255"/>
          <prop k="outline_width" v="0.26"/>
          <prop k="outline_width_unit" v="MM"/>
          <prop k="outline_style" v="solid"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol name="3" type="fill" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" pass="0" locked="0" enabled="1">
          <prop k="color" v="201,201,201,204"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="0,0,0,255"/>
          <prop k="outline_width" v="0.26"/>
          <prop k="outline_width_unit" v="MM"/>
          <prop k="outline_style" v="solid"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol name="4" type="fill" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" pass="0" locked="0" enabled="1">
          <prop k="color" v="246,198,103,204"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="0,0,0,255"/>
          <prop k="outline_width" v="0.26"/>
          <prop k="outline_width_unit" v="MM"/>
          <prop k="outline_style" v="solid"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol name="5" type="fill" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" pass="0" locked="0" enabled="1">
          <prop k="color" v="140,199,161,204"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="0,0,0,255"/>
          <prop k="outline_width" v="0.26"/>
          <prop k="outline_width_unit" v="MM"/>
          <prop k="outline_style" v="solid"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol name="6" type="fill" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" pass="0" locked="0" enabled="1">
          <prop k="color" v="221,221,221,204"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="0,0,0,255"/>
          <prop k="outline_width" v="0.26"/>
          <prop k="outline_width_unit" v="MM"/>
          <prop k="outline_style" v="solid"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
    </symbols>
  </renderer-v2>
</qgis>
